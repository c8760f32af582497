// The endpoint decides about its deliveries: whose it is, whether it is enabled, and how it answered before.
import { describe, expect, test } from 'vitest';
import { SealedSecrets } from '../../../src/auth/sealed-secrets.ts';
import { ok, type Received, startReceiver, status } from '../../support/receiver.ts';
import { newEndpoint } from '../../support/webhooks.ts';
import { arrived, until, useWebhooks } from './world.ts';

const { parley, hooked, record, later, deliveries, read, run } = useWebhooks();

const texts = ({ received }: { received: readonly Received[] }) => received.map(({ json }) => json.data.message);
const day = 86_400_000;
const states = 'endpoint { endpointStatus disabledReason disabledAt failuresInARow failingSince }';

async function endpointOf({ key }: { key: string }) {
  return (await parley.graphql(key, '{ webhookEndpoint { endpointStatus disabledReason disabledAt failuresInARow failingSince } }')).data
    .webhookEndpoint;
}

describe('an endpoint', () => {
  test('of an agent takes the place of the organization’s, also while it is disabled', async () => {
    const [everybody, own] = [await startReceiver(), await startReceiver()];
    const { tenant } = await hooked(everybody.url);
    const { agent } = await run(tenant, 'createAgent', { externalId: 'ada', name: 'Ada' }, 'agent { id }');
    const { endpoint } = await newEndpoint(parley, tenant, own.url, agent.id);
    const line = { agent: { externalId: 'ada', name: 'Ada' }, contactNumber: '+15550000007' };
    await record(tenant, 'to the agent', line);
    await record(tenant, 'to nobody');
    await arrived(own, 1);
    await arrived(everybody, 1);
    await run(tenant, 'disableWebhookEndpoint', { id: endpoint }, 'endpoint { id }');
    await record(tenant, 'to the disabled one', line);
    await record(tenant, 'last');
    await arrived(everybody, 2);
    expect([texts(own), texts(everybody)]).toEqual([['to the agent'], ['to nobody', 'last']]);
    expect(own.received[0]?.json.agentId).toBe(`agt_${agent.id}`);
  });

  test('of an agent takes nothing that happened before it was created: the organization’s receives it', async () => {
    const [everybody, own] = [await startReceiver(), await startReceiver()];
    const { tenant } = await hooked(everybody.url);
    const { agent } = await run(tenant, 'createAgent', { externalId: 'ada', name: 'Ada' }, 'agent { id }');
    const line = { agent: { externalId: 'ada', name: 'Ada' } };
    const [, queue] = parley.app.workers;
    await queue?.stop();
    await record(tenant, 'before', line);
    await newEndpoint(parley, tenant, own.url, agent.id);
    await record(tenant, 'after', line);
    await queue?.start();
    await arrived(own, 1);
    await arrived(everybody, 1);
    expect([texts(own), texts(everybody)]).toEqual([['after'], ['before']]);
  });

  test('that is disabled receives tests only; its pending deliveries are withdrawn, and events meanwhile are not delivered later', async () => {
    const receiver = await startReceiver(status(500));
    const { tenant, endpoint } = await hooked(receiver.url);
    for (const body of ['pending', 'behind it']) await record(tenant, body);
    await arrived(receiver, 1);
    await until(async () => expect((await deliveries(tenant))[0]).toMatchObject({ attempts: 1 }));
    const { endpoint: disabled } = await run(tenant, 'disableWebhookEndpoint', { id: endpoint }, states);
    expect(disabled).toMatchObject({ endpointStatus: 'DISABLED', disabledReason: 'REQUESTED', disabledAt: expect.any(String) });
    const withdrawn = { deliveryStatus: 'WITHDRAWN', error: 'endpoint_disabled', nextAttemptAt: null };
    expect(await deliveries(tenant)).toMatchObject([withdrawn, withdrawn]);
    const { errors } = await parley.graphql(
      tenant.key,
      'mutation ($id: ID!) { replayWebhookDelivery(input: { id: $id }) { delivery { id } } }',
      {
        id: (await deliveries(tenant))[0]?.id,
      },
    );
    expect(errors).toMatchObject([{ message: expect.stringContaining('enable it first'), extensions: { code: 'CONFLICT' } }]);
    receiver.answers(ok);
    await later(60_000);
    await record(tenant, 'meanwhile');
    await read(tenant);
    await run(tenant, 'testWebhookEndpoint', { id: endpoint }, 'delivery { deliveryStatus }');
    await arrived(receiver, 2);
    await run(tenant, 'enableWebhookEndpoint', { id: endpoint }, states);
    await record(tenant, 'afterwards');
    await arrived(receiver, 3);
    expect(texts(receiver)).toEqual(['pending', 'This is a test of your webhook.', 'afterwards']);
  });

  test('is tested once, whatever it answers', async () => {
    const receiver = await startReceiver(status(404));
    const { tenant, endpoint } = await hooked(receiver.url);
    await run(tenant, 'testWebhookEndpoint', { id: endpoint }, 'delivery { id }');
    await until(async () =>
      expect(await deliveries(tenant)).toMatchObject([
        { eventKind: 'TEST', deliveryStatus: 'FAILED', attempts: 1, httpStatus: 404, error: 'status' },
      ]),
    );
    expect(await endpointOf(tenant)).toMatchObject({ endpointStatus: 'ACTIVE', failuresInARow: 0 });
  });

  test('that answers 410 is disabled at once, and that is logged', async () => {
    const receiver = await startReceiver(status(410));
    const { tenant } = await hooked(receiver.url);
    await record(tenant, 'unwanted');
    await until(async () => expect(await endpointOf(tenant)).toMatchObject({ endpointStatus: 'DISABLED', disabledReason: 'GONE' }));
    expect(await deliveries(tenant)).toMatchObject([{ deliveryStatus: 'FAILED', attempts: 1, httpStatus: 410 }]);
    expect(parley.logged).toContainEqual(
      expect.objectContaining({ level: 50, msg: 'a webhook endpoint was disabled', organizationId: tenant.id, reason: 'GONE' }),
    );
  });

  test('is disabled after 20 deliveries in a row that failed, the first of them a day ago', async () => {
    const receiver = await startReceiver(status(500));
    const { tenant } = await hooked(receiver.url);
    let total = 0;
    const fail = async (count: number) => {
      total += count;
      // The last attempts of deliveries to different contacts.
      for (let nth = 0; nth < count; nth++) await record(tenant, 'x', { contactNumber: `+1555000${1000 + nth}` });
      await until(async () => {
        const all = await deliveries(tenant);
        expect(all).toHaveLength(total);
        expect(all.filter(({ attempts }) => attempts === 0)).toEqual([]);
      });
      await parley.app.database.query({
        label: 'test_last_attempts',
        text: "update webhook_deliveries set attempts = 5, next_attempt_at = clock_timestamp() where organization_id = $1 and status = 'PENDING'",
        values: [tenant.id],
      });
      await later(1);
    };
    await fail(19);
    await until(async () => expect(await endpointOf(tenant)).toMatchObject({ endpointStatus: 'ACTIVE', failuresInARow: 19 }));
    await later(day);
    await fail(1);
    await until(async () =>
      expect(await endpointOf(tenant)).toMatchObject({ endpointStatus: 'DISABLED', disabledReason: 'FAILING', failuresInARow: 20 }),
    );
  });

  test('forgets its failures after a success', async () => {
    const receiver = await startReceiver(status(500));
    const { tenant, endpoint } = await hooked(receiver.url);
    await parley.app.database.query({
      label: 'test_failing',
      text: 'update webhook_endpoints set failures_in_a_row = 19, failing_since = clock_timestamp() where organization_id = $1',
      values: [tenant.id],
    });
    receiver.answers(ok);
    await record(tenant, 'accepted');
    await until(async () => expect(await endpointOf(tenant)).toMatchObject({ failuresInARow: 0, failingSince: null }));
    expect(endpoint).toBeDefined();
  });

  test('that is deleted receives nothing more, and no reader of events is left after the last one', async () => {
    const receiver = await startReceiver(status(500));
    const { tenant, endpoint } = await hooked(receiver.url);
    await record(tenant, 'pending');
    await arrived(receiver, 1);
    expect(await run(tenant, 'deleteWebhookEndpoint', { id: endpoint }, 'deleted')).toEqual({ deleted: true });
    expect(await run(tenant, 'deleteWebhookEndpoint', { id: endpoint }, 'deleted')).toEqual({ deleted: false });
    await later(60_000);
    expect(await deliveries(tenant)).toEqual([]);
    const readers = await parley.app.database.query({
      label: 'test_readers',
      text: 'select 1 from event_readers where organization_id = $1',
      values: [tenant.id],
    });
    expect(readers).toEqual([]);
    const other = await startReceiver();
    await newEndpoint(parley, tenant, other.url);
    await record(tenant, 'to the new one');
    await arrived(other, 1);
    expect(texts(receiver)).toEqual(['pending']);
  });

  test('that does not answer does not hold up those of other organizations', async () => {
    const slow = await startReceiver(() => {});
    const { tenant } = await hooked(slow.url);
    for (let nth = 0; nth < 12; nth++) await record(tenant, 'slow', { contactNumber: `+1555000${1000 + nth}` });
    await arrived(slow, 5);
    const fast = await startReceiver();
    const { tenant: other } = await hooked(fast.url);
    for (let nth = 0; nth < 12; nth++) await record(other, 'fast', { contactNumber: `+1555000${1000 + nth}` });
    await arrived(fast, 12);
    // No more than its share at once.
    expect(slow.received).toHaveLength(5);
    slow.answers(ok);
  });

  test('whose secret cannot be opened receives nothing, and its deliveries say why', async () => {
    const receiver = await startReceiver();
    const { tenant } = await hooked(receiver.url);
    // Sealed for another row: as if a secret were copied between rows.
    const sealed = new SealedSecrets([Buffer.alloc(32, 'parley')]).seal({ organizationId: tenant.id, id: tenant.id }, 'whsec_x');
    await parley.app.database.query({
      label: 'test_secret',
      text: 'update webhook_endpoints set secret = $2 where organization_id = $1',
      values: [tenant.id, sealed],
    });
    await record(tenant, 'unsigned');
    await until(async () =>
      expect(await deliveries(tenant)).toMatchObject([{ deliveryStatus: 'PENDING', attempts: 1, error: 'unreadable_secret' }]),
    );
    expect(receiver.received).toEqual([]);
  });
});

test('a stop waits for a request that ends in time, and gives back one that does not', async () => {
  const receiver = await startReceiver(() => {});
  const { tenant } = await hooked(receiver.url);
  await record(tenant, 'hanging');
  await arrived(receiver, 1);
  const sender = parley.app.workers.at(-1);
  if (sender === undefined) throw new Error('the app has no worker');
  await sender.stop();
  expect(await deliveries(tenant)).toMatchObject([{ deliveryStatus: 'PENDING', attempts: 0, error: 'aborted' }]);
  receiver.answers(ok);
  await sender.start();
  await until(async () => expect(await deliveries(tenant)).toMatchObject([{ deliveryStatus: 'DELIVERED', attempts: 1 }]));
});
