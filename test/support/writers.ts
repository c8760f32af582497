// Clients that record messages without a pause, and try each one until it is acknowledged.
import { setTimeout } from 'node:timers/promises';
import type { App } from '../../src/app.ts';
import type { Tenant } from './harness.ts';
import { phoneLine } from './lines.ts';

const recordMessages =
  'mutation ($messages: [RecordMessageInput!]!) { recordMessages(input: { messages: $messages }) { results { outcome } } }';

/** The pause of a client after a failed attempt. */
const retryMs = 50;

export class Writers {
  /** The bodies of the acknowledged messages. */
  readonly acknowledged: string[] = [];
  /** The attempts that failed. */
  failures = 0;
  readonly #tenant: Tenant;
  readonly #loops: Promise<void>[];
  #gateway: Pick<App, 'fetch'>;
  #stopped = false;
  #whenAcknowledged = () => {};

  constructor(gateway: Pick<App, 'fetch'>, tenant: Tenant, count: number) {
    this.#gateway = gateway;
    this.#tenant = tenant;
    this.#loops = Array.from({ length: count }, (_, writer) => this.#write(writer));
  }

  /** Continues on another gateway. */
  moveTo(gateway: Pick<App, 'fetch'>): void {
    this.#gateway = gateway;
  }

  /** Resolves once so many more messages are acknowledged. */
  async more(count: number): Promise<void> {
    const until = this.acknowledged.length + count;
    while (this.acknowledged.length < until) {
      const next = new Promise<void>((resolve) => (this.#whenAcknowledged = resolve));
      await Promise.race([next, ...this.#loops]);
    }
  }

  /** Resolves once so many more attempts have failed. */
  async fail(count: number): Promise<void> {
    const until = this.failures + count;
    while (this.failures < until) await Promise.race([setTimeout(retryMs), ...this.#loops]);
  }

  /** Resolves once the last attempt of each writer is acknowledged. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#loops);
  }

  async #write(writer: number): Promise<void> {
    // Each writer has a conversation of its own, so that they do not wait for each other.
    const contactNumber = `+1555000${1_000 + writer}`;
    for (let count = 0; !this.#stopped; count++) {
      const body = `${writer}.${count}`;
      const message = phoneLine({ body, contactNumber, direction: 'INBOUND' });
      while (!(await this.#record(message))) {
        this.failures += 1;
        await setTimeout(retryMs);
      }
      this.acknowledged.push(body);
      this.#whenAcknowledged();
    }
  }

  async #record(message: unknown): Promise<boolean> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${this.#tenant.key}` };
    const body = JSON.stringify({ query: recordMessages, variables: { messages: [message] } });
    try {
      const response = await this.#gateway.fetch(new Request('http://parley.test/graphql', { method: 'POST', headers, body }));
      const answer = await response.text();
      if (answer.includes('REFUSED')) throw new Refused(`a message was refused: ${answer}`);
      const { errors, data } = JSON.parse(answer) as { errors?: { extensions: { code: string } }[]; data: unknown };
      const codes = (errors ?? []).map(({ extensions }) => extensions.code);
      if (codes.some((code) => code !== 'UNAVAILABLE')) throw new Refused(`a message was refused: ${JSON.stringify(errors)}`);
      return response.status === 200 && data !== null && codes.length === 0;
    } catch (error) {
      if (error instanceof Refused) throw error;
      return false;
    }
  }
}

class Refused extends Error {}
