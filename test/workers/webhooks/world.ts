import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { webhooksChannel } from '../../../src/modules/event/store/channels.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import type { Received } from '../../support/receiver.ts';
import { newEndpoint } from '../../support/webhooks.ts';

export const patience = { timeout: 20_000, interval: 10 };

/** An app with its workers, which may send webhooks to this machine, and a clock that tests move. Call it at the top of the file. */
export function useWebhooks() {
  const clock = { aheadMs: 0 };
  const parley = useApp({ webhookAllowedRanges: ['127.0.0.0/8'], graceMs: 1_500 }, { aheadMs: () => clock.aheadMs, random: () => 0.5 });
  beforeAll(async () => {
    for (const worker of parley.app.workers) await worker.start();
  });
  afterAll(async () => {
    for (const worker of parley.app.workers) await worker.stop();
  });

  const wake = () => parley.app.database.query({ label: 'test_wake', text: `select pg_notify('${webhooksChannel}', '')` });
  return {
    parley,
    wake,
    /** Moves the clock of the sender, and wakes it. */
    async later(ms: number): Promise<void> {
      clock.aheadMs += ms;
      await wake();
    },
    /** A tenant with an endpoint at this URL. */
    async hooked(url: string) {
      const tenant = await parley.tenant();
      return { tenant, ...(await newEndpoint(parley, tenant, url)) };
    },
    /** Records an inbound message of a contact now. */
    async record(tenant: Tenant, body: string, line: object = {}): Promise<void> {
      await parley.importLines(tenant, [phoneLine({ body, direction: 'inbound', createdAt: new Date().toISOString(), ...line })]);
    },
    /** Waits until the events of a tenant are read. */
    async read({ id }: Tenant): Promise<void> {
      const text = `select 1 from event_readers r join events e on e.organization_id = r.organization_id
        and (e.transaction_id, e.id) > (r.transaction_id, r.event_id) where r.organization_id = $1 limit 1`;
      await until(async () => expect(await parley.app.database.query({ label: 'test_unread', text, values: [id] })).toEqual([]));
    },
    /** Runs a mutation. @returns its payload */
    async run({ key }: Tenant, name: string, input: object, selection: string) {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const { data, errors } = await parley.graphql(key, `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} } }`, {
        input,
      });
      expect(errors).toBeUndefined();
      return data[name];
    },
    /** The deliveries of a tenant, oldest first. */
    async deliveries({ key }: Tenant): Promise<Record<string, unknown>[]> {
      const fields =
        'id eventKind deliveryStatus attempts nextAttemptAt lastAttemptAt httpStatus durationMs responseBytes error messageId webhookId';
      const { data } = await parley.graphql(key, `{ webhookDeliveries(last: 100) { nodes { ${fields} } } }`);
      return data.webhookDeliveries.nodes.toReversed();
    },
  };
}

export const until = <Result>(check: () => Result | Promise<Result>) => vi.waitFor(check, patience);

/** Waits until a receiver has got so many webhooks. */
export const arrived = ({ received }: { received: readonly Received[] }, count: number) =>
  until(() => expect(received.length).toBeGreaterThanOrEqual(count));

export function signature(secret: string, { headers, text }: Received): string {
  return `sha256=${createHmac('sha256', secret).update(`${headers['x-webhook-timestamp']}.${text}`).digest('hex')}`;
}
