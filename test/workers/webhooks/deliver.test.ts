import { describe, expect, test } from 'vitest';
import { startReceiver, status } from '../../support/receiver.ts';
import { arrived, signature, until, useWebhooks } from './world.ts';

const { parley, hooked, record, later, deliveries } = useWebhooks();

describe('a webhook', () => {
  test('has the message, the signature of the secret, and one id', async () => {
    const receiver = await startReceiver();
    const { tenant, secret } = await hooked(receiver.url);
    await record(tenant, 'hello there');
    await arrived(receiver.received, 1);
    const [webhook] = receiver.received as [(typeof receiver.received)[0]];
    expect(webhook.json).toMatchObject({ event: 'agent.message', data: { message: 'hello there', direction: 'inbound' } });
    expect(webhook.headers['x-webhook-signature']).toBe(signature(secret, webhook));
    expect(webhook.headers['x-webhook-event']).toBe('agent.message');
    await until(async () =>
      expect(await deliveries(tenant)).toMatchObject([{ deliveryStatus: 'DELIVERED', attempts: 1, httpStatus: 200 }]),
    );
    const [delivery] = await deliveries(tenant);
    expect(webhook.headers['x-webhook-id']).toBe(delivery?.webhookId);
    expect(delivery).toMatchObject({ eventKind: 'MESSAGE', error: null, nextAttemptAt: null, responseBytes: 0 });
  });
});
