import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

const document = `mutation ($messages: [RecordMessageInput!]!) { recordMessages(input: { messages: $messages }) { results { message { id } } } }`;

/** Clients that each write one message after another on a connection of its own, until an answer closes it. */
export class Load {
  /** The ids of all messages that an answer named. */
  readonly recorded: string[] = [];
  /** Resolves when each client has read several answers. */
  readonly begun: Promise<unknown>;
  /** Resolves when each client has read the answer that closes its connection; rejects if a request fails. */
  readonly closed: Promise<unknown>;

  constructor(origin: string, key: string, clients: number) {
    const all = Array.from({ length: clients }, () => this.#client(origin, key));
    this.begun = Promise.all(all.map(({ begun }) => begun));
    this.closed = Promise.all(all.map(({ closed }) => closed));
    // A rejection before the test awaits it must not end the process.
    this.closed.catch(() => {});
  }

  #client(origin: string, key: string) {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    const { promise: begun, resolve, reject } = Promise.withResolvers<void>();
    const work = async () => {
      for (let count = 1; ; count++) {
        const { headers, id } = await this.#write(agent, origin, key);
        this.recorded.push(id);
        if (count === 3) resolve();
        if (headers.connection === 'close') return;
      }
    };
    const closed = work();
    closed.catch(reject);
    return { begun, closed };
  }

  async #write(agent: Agent, origin: string, key: string) {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const message = {
      externalId: randomUUID(),
      createdAt: new Date(),
      direction: 'INBOUND',
      phoneNumber: '+15550000001',
      contactNumber: '+15550000002',
    };
    const sent = request(`${origin}/graphql`, { agent, method: 'POST', headers });
    sent.end(JSON.stringify({ query: document, variables: { messages: [message] } }));
    const [response] = await once(sent, 'response');
    const answer = await json(response);
    const id = (answer as { data?: { recordMessages: { results: { message: { id: string } }[] } } }).data?.recordMessages.results[0]
      ?.message.id;
    if (id === undefined) throw new Error(`${response.statusCode} ${JSON.stringify(answer)}`);
    return { headers: response.headers, id };
  }
}
