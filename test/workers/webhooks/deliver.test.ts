// Messages and reactions arrive at a receiver, in order, as often as documented, with the secrets that count.
import { describe, expect, test } from 'vitest';
import { ok, type Received, startReceiver, status } from '../../support/receiver.ts';
import { stored } from '../../support/stored.ts';
import { newEndpoint } from '../../support/webhooks.ts';
import { arrived, signature, until, useWebhooks } from './world.ts';

const { parley, hooked, record, later, deliveries, run } = useWebhooks();

const texts = (received: readonly Received[]) => received.map(({ json }) => json.data.message);
const ids = (received: readonly Received[]) => received.map(({ headers }) => headers['x-webhook-id']);
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

describe('a webhook', () => {
  test('has the message, the signature of the secret, and one id', async () => {
    const receiver = await startReceiver();
    const { tenant, secret } = await hooked(receiver.url);
    await record(tenant, 'hello there');
    await arrived(receiver, 1);
    const [webhook] = receiver.received as [Received];
    expect(webhook.json).toMatchObject({ event: 'agent.message', data: { message: 'hello there', direction: 'inbound' } });
    expect(webhook.headers['x-webhook-signature']).toBe(signature(secret, webhook));
    expect(webhook.headers['x-webhook-event']).toBe('agent.message');
    expect(webhook.headers).not.toHaveProperty('x-webhook-signature-previous');
    const [delivery] = await until(async () => {
      const found = await deliveries(tenant);
      expect(found).toMatchObject([{ eventKind: 'MESSAGE', deliveryStatus: 'DELIVERED', attempts: 1, httpStatus: 200, responseBytes: 0 }]);
      return found;
    });
    expect(ids(receiver.received)).toEqual([delivery?.webhookId]);
    expect(delivery).toMatchObject({ error: null, nextAttemptAt: null, durationMs: expect.any(Number) });
  });

  test('is sent for inbound messages and reactions of phone conversations that are not older than the endpoint', async () => {
    const receiver = await startReceiver();
    const tenant = await parley.tenant();
    await record(tenant, 'before the endpoint', { externalId: 'old' });
    await newEndpoint(parley, tenant, receiver.url);
    await record(tenant, 'imported history', { createdAt: '2026-01-02T00:00:00Z' });
    await record(tenant, 'ours', { direction: 'outbound' });
    await record(tenant, 'in a chat', {
      phoneNumber: undefined,
      contactNumber: undefined,
      conversation: { externalId: 'c', type: 'group' },
      author: { externalId: 'a', firstName: 'A', lastName: 'B' },
    });
    const reactions = [
      { type: 'love', direction: 'inbound', createdAt: new Date().toISOString() },
      { type: 'early', direction: 'inbound', createdAt: '2026-01-02T00:00:00Z' },
      { type: 'own', direction: 'outbound', createdAt: new Date().toISOString() },
    ];
    await record(tenant, 'before the endpoint', { externalId: 'old', createdAt: '2026-01-01T00:00:00Z', reactions });
    await record(tenant, 'with a reaction', { externalId: 'new', reactions: reactions.slice(0, 1) });
    await record(tenant, 'last');
    await arrived(receiver, 4);
    expect(receiver.received.map(({ json: { event, data } }) => [event, data.message ?? data.reactionType])).toEqual([
      ['agent.reaction', 'love'],
      ['agent.message', 'with a reaction'],
      ['agent.reaction', 'love'],
      ['agent.message', 'last'],
    ]);
  });

  test('of a conversation waits for the one before it, and not for other conversations', async () => {
    const receiver = await startReceiver(({ json }, response) => void response.writeHead(json.data.message === 'first' ? 500 : 200).end());
    const { tenant } = await hooked(receiver.url);
    await record(tenant, 'first');
    await arrived(receiver, 1);
    for (const body of ['second', 'third']) await record(tenant, body);
    await record(tenant, 'elsewhere', { contactNumber: '+15550000009' });
    await arrived(receiver, 2);
    expect(texts(receiver.received)).toEqual(['first', 'elsewhere']);
    await until(async () => expect((await deliveries(tenant)).map(({ attempts }) => attempts)).toEqual([1, 0, 0, 1]));
    receiver.answers(ok);
    await later(5 * second);
    await arrived(receiver, 5);
    expect(texts(receiver.received)).toEqual(['first', 'elsewhere', 'first', 'second', 'third']);
    expect(new Set(ids(receiver.received)).size).toBe(4);
  });

  test('is sent six times, after 5 s, 30 s, 2 min, 10 min and 1 h, and then the next of its conversation begins', async () => {
    const receiver = await startReceiver(status(503));
    const { tenant } = await hooked(receiver.url);
    await record(tenant, 'refused');
    await record(tenant, 'next');
    const delays = [5 * second, 30 * second, 2 * minute, 10 * minute, hour];
    for (const [nth, ms] of delays.entries()) {
      await until(async () =>
        expect((await deliveries(tenant))[0]).toMatchObject({
          attempts: nth + 1,
          deliveryStatus: 'PENDING',
          httpStatus: 503,
          error: 'status',
        }),
      );
      const [{ lastAttemptAt, nextAttemptAt } = {}] = await deliveries(tenant);
      const planned = Date.parse(String(nextAttemptAt)) - Date.parse(String(lastAttemptAt));
      expect(planned).toBeGreaterThanOrEqual(ms);
      expect(planned).toBeLessThan(ms + 4 * second);
      await later(planned);
    }
    await until(async () =>
      expect((await deliveries(tenant))[0]).toMatchObject({ attempts: 6, deliveryStatus: 'FAILED', nextAttemptAt: null }),
    );
    await arrived(receiver, 7);
    expect(texts(receiver.received)).toEqual([...Array(6).fill('refused'), 'next']);
    expect(parley.logged).toContainEqual(
      expect.objectContaining({ msg: 'a webhook was not delivered', organizationId: tenant.id, httpStatus: 503 }),
    );
  });

  test('is replayed with its id', async () => {
    const receiver = await startReceiver();
    const { tenant } = await hooked(receiver.url);
    await record(tenant, 'twice');
    const [{ id } = {}] = await until(async () => {
      const found = await deliveries(tenant);
      expect(found).toMatchObject([{ deliveryStatus: 'DELIVERED' }]);
      return found;
    });
    const { delivery } = await run(tenant, 'replayWebhookDelivery', { id }, 'delivery { deliveryStatus attempts }');
    expect(delivery).toEqual({ deliveryStatus: 'PENDING', attempts: 0 });
    await arrived(receiver, 2);
    const [first, again] = ids(receiver.received);
    expect(again).toBe(first);
    await until(async () => expect(await deliveries(tenant)).toMatchObject([{ deliveryStatus: 'DELIVERED', attempts: 1 }]));
  });

  test('has two signatures between a rotation and the end of the old secret', async () => {
    const receiver = await startReceiver();
    const { tenant, endpoint, secret } = await hooked(receiver.url);
    const rotated = await run(
      tenant,
      'rotateWebhookEndpointSecret',
      { id: endpoint, graceSeconds: 86_400 },
      'secret endpoint { secretHint previousSecretExpiresAt }',
    );
    expect(rotated.endpoint).toEqual({ secretHint: `whsec_…${rotated.secret.slice(-4)}`, previousSecretExpiresAt: expect.any(String) });
    await record(tenant, 'during');
    await arrived(receiver, 1);
    const during = receiver.received[0] as Received;
    expect(during.headers['x-webhook-signature']).toBe(signature(rotated.secret, during));
    expect(during.headers['x-webhook-signature-previous']).toBe(signature(secret, during));
    await later(25 * hour);
    await record(tenant, 'after');
    await arrived(receiver, 2);
    const after = receiver.received[1] as Received;
    expect(after.headers['x-webhook-signature']).toBe(signature(rotated.secret, after));
    expect(after.headers).not.toHaveProperty('x-webhook-signature-previous');
  });

  test.each(['deletedAt', 'redactedAt'])('carries no content if the message got %s between its event and its delivery', async (end) => {
    const receiver = await startReceiver(status(500));
    const { tenant } = await hooked(receiver.url);
    await record(tenant, 'canary', { externalId: 'ended', mediaUrls: ['https://media.test/canary'] });
    await arrived(receiver, 1);
    await until(async () => expect(await deliveries(tenant)).toMatchObject([{ attempts: 1, deliveryStatus: 'PENDING' }]));
    const [refused] = receiver.received.splice(0);
    expect(refused?.text).toContain('canary');
    const gone = end === 'redactedAt' ? { body: null, mediaUrls: [] } : {};
    await record(tenant, 'canary', { externalId: 'ended', ...gone, [end]: new Date().toISOString() });
    await record(tenant, 'next');
    receiver.answers(ok);
    await later(5 * second);
    await arrived(receiver, 2);
    for (const { text } of receiver.received) expect(text).not.toContain('canary');
    expect(receiver.received[0]?.json.data).toMatchObject({ message: '', mediaUrl: null, mediaUrls: [] });
  });

  test('is never stored with content, and its secret is neither readable nor logged', async () => {
    const receiver = await startReceiver();
    const { tenant, secret } = await hooked(receiver.url);
    await record(tenant, 'canary');
    await arrived(receiver, 1);
    await until(async () => expect(await deliveries(tenant)).toMatchObject([{ deliveryStatus: 'DELIVERED' }]));
    const { webhook_endpoints, webhook_deliveries } = await stored(parley.app.database, tenant.id);
    expect([webhook_endpoints?.length, webhook_deliveries?.length]).toEqual([1, 1]);
    expect(JSON.stringify(webhook_deliveries)).not.toContain('canary');
    for (const text of [webhook_endpoints, parley.logged].map((each) => JSON.stringify(each)))
      expect(text).not.toContain(secret.slice(6, -4));
  });
});
