// Two gateways on one server: each webhook is sent once, and a gateway that is killed loses none.

import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { createApp } from '../../../src/app.ts';
import { loadConfig } from '../../../src/config.ts';
import { run } from '../../main/start.ts';
import { databaseUrl } from '../../support/gateway.ts';
import { useApp, webhookKey } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { ok, startReceiver } from '../../support/receiver.ts';
import { newEndpoint } from '../../support/webhooks.ts';
import { arrived, until } from './world.ts';

const parley = useApp({ webhookAllowedRanges: ['127.0.0.0/8'] });
const settings = { WEBHOOK_ALLOWED_RANGES: '127.0.0.0/8', WEBHOOK_ENCRYPTION_KEY: webhookKey.toString('base64'), LOG_LEVEL: 'silent' };
const contacts = 4;
const perContact = 15;

const line = (nth: number) =>
  phoneLine({ body: String(nth), contactNumber: `+1555000${1000 + (nth % contacts)}`, createdAt: new Date().toISOString() });

describe.runIf(process.env.TEST_DATABASE_URL)('gateways on a server', () => {
  test('deliver each message once together, in the order of each conversation', async () => {
    const receiver = await startReceiver((_received, response) => void setTimeout(() => response.end(), Math.random() * 10));
    const tenant = await parley.tenant();
    await newEndpoint(parley, tenant, receiver.url);
    const url = await databaseUrl(parley.app);
    const apps = await Promise.all([0, 1].map(() => createApp(loadConfig({ DATABASE_URL: url, ...settings }), pino({ level: 'silent' }))));
    for (const { workers } of apps) for (const worker of workers) await worker.start();
    const count = contacts * perContact;
    for (let nth = 0; nth < count; nth++) await parley.importLines(tenant, [line(nth)]);
    await arrived(receiver, count);
    await until(async () => {
      const { data } = await parley.graphql(tenant.key, '{ webhookDeliveries(filter: { statuses: [DELIVERED] }) { totalCount } }');
      expect(data.webhookDeliveries.totalCount).toBe(count);
    });
    for (const app of apps) {
      for (const worker of app.workers) await worker.stop();
      await app.close();
    }
    const bodies = receiver.received.map(({ json }) => Number(json.data.message));
    for (let contact = 0; contact < contacts; contact++) {
      const ofContact = bodies.filter((nth) => nth % contacts === contact);
      expect(ofContact).toEqual(Array.from({ length: perContact }, (_, nth) => nth * contacts + contact));
    }
  });

  test('lose nothing when one is killed between the commit of a message and its delivery, or while it sends', async () => {
    const receiver = await startReceiver(() => {});
    const tenant = await parley.tenant();
    await newEndpoint(parley, tenant, receiver.url);
    const env = { PORT: '0', DATABASE_URL: await databaseUrl(parley.app), ...settings };
    const start = async () => {
      const gateway = run('src/main.ts', env);
      await gateway.until('stdout', /GraphiQL +http/);
      return gateway;
    };
    const killed = await start();
    await parley.importLines(tenant, [0, 1, 2, 3].map(line));
    // It is sending all of them now.
    await arrived(receiver, 4);
    await parley.importLines(tenant, [4, 5, 6, 7].map(line));
    killed.signal('SIGKILL');
    await killed.exit;
    await parley.importLines(tenant, [8, 9, 10, 11].map(line));
    receiver.received.length = 0;
    receiver.answers(ok);
    // The end of the lease of the killed gateway.
    await parley.app.database.query({
      label: 'test_lease',
      text: 'update webhook_deliveries set next_attempt_at = clock_timestamp() where organization_id = $1 and next_attempt_at is not null',
      values: [tenant.id],
    });
    await start();
    await arrived(receiver, 12);
    const bodies = receiver.received.map(({ json }) => Number(json.data.message));
    expect(new Set(bodies)).toEqual(new Set(Array.from({ length: 12 }, (_, nth) => nth)));
    expect(bodies).toHaveLength(12);
    for (let contact = 0; contact < contacts; contact++)
      expect(bodies.filter((nth) => nth % contacts === contact)).toEqual([contact, contact + contacts, contact + 2 * contacts]);
  });
});
