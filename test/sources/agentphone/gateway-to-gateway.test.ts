// A gateway's webhooks, sent to the receiver of another gateway, give the same messages there.
import { expect, test } from 'vitest';
import { SealedSecrets } from '../../../src/auth/sealed-secrets.ts';
import { createReceiver } from '../../../src/modules/webhook-receiver/commands/create.ts';
import { storeSecret } from '../../../src/modules/webhook-receiver/commands/store-secret.ts';
import { usePorts } from '../../rest/agentphone/port.ts';
import { type Tenant, useApp, webhookKey } from '../../support/harness.ts';
import { newEndpoint } from '../../support/webhooks.ts';
import { until, useWebhooks } from '../../workers/webhooks/world.ts';

const { parley: sending, record, run, deliveries, later } = useWebhooks();
const receiving = useApp();
const listen = usePorts();
const secrets = new SealedSecrets([webhookKey]);

/** Everything that AgentPhone's API shows of a tenant's conversations, without ids, names of agents and times of the gateway. */
async function shown(parley: ReturnType<typeof useApp>, { key }: Tenant) {
  const read = async (path: string) => (await parley.fetch(`/agentphone/v1/${path}`, key)).json();
  const { data } = await read('conversations');
  const contacts = (await read('contacts')).data.map(({ phoneNumber, name }: Record<string, string>) => ({ phoneNumber, name }));
  const conversations = [];
  for (const { id, agentId, phoneNumberId: _, createdAt: __, ...rest } of data) {
    const messages = (await read(`conversations/${id}/messages?limit=200`)).data;
    const withoutIds = messages.map(({ id: _, reactions, ...message }: Record<string, unknown> & { reactions: { id: string }[] }) => ({
      ...message,
      reactions: reactions.map(({ id: _, ...reaction }) => reaction),
    }));
    conversations.push({ ...rest, hasAgent: agentId !== null, messages: withoutIds });
  }
  return { conversations, contacts };
}

test('messages, reactions, contacts and metadata arrive as they are, once', async () => {
  const address = await listen(receiving.app.handler);
  const from = await sending.tenant();
  const to = await receiving.tenant();
  const { database } = receiving.app;
  const { id } = await createReceiver(database, secrets, to.id, { name: 'A gateway', secret: null });
  const { secret } = await newEndpoint(sending, from, `${address}/agentphone/webhook/${id}`);

  // Without the secret nothing is accepted; the sender repeats it.
  const at = (second: number) => new Date(Math.floor(Date.now() / 1_000) * 1_000 + second * 1_000 + 7).toISOString();
  const agent = { externalId: 'ada', name: 'Ada' };
  const metadata = { customerName: 'Jane Doe', orderId: 'ORD-12345', nested: { a: [1, null, 'ü'] } };
  await record(from, 'Hello 🌍', { externalId: 'first', createdAt: at(1), agent, metadata });
  await until(async () => expect(await deliveries(from)).toMatchObject([{ attempts: 1, httpStatus: 401, deliveryStatus: 'PENDING' }]));
  await storeSecret(database, secrets, to.id, id, secret);

  const mediaUrls = ['https://media.example/1.png', 'https://media.example/2.png'];
  await record(from, 'two pictures', { createdAt: at(2), mediaUrls });
  await record(from, 'to another number', { createdAt: at(3), phoneNumber: '+15550000003', channel: 'whatsapp' });
  const loved = { type: 'love', direction: 'inbound', createdAt: at(4) };
  await record(from, 'Hello 🌍', { externalId: 'first', createdAt: at(1), agent, metadata, reactions: [loved] });
  for (let nth = 0; nth < 5; nth += 1) await record(from, `one instant ${nth}`, { createdAt: at(5) });
  await later(10_000);
  const all = async () => {
    const found = await deliveries(from);
    expect(found).toHaveLength(9);
    expect(found.filter(({ deliveryStatus }) => deliveryStatus !== 'DELIVERED')).toEqual([]);
    return found;
  };
  const delivered = await until(all);

  const { contacts } = (await sending.graphql(from.key, '{ contacts { nodes { id } } }')).data;
  await run(from, 'updateParticipant', { id: contacts.nodes[0].id, firstName: 'Jane', lastName: 'Doe' }, 'participant { id }');
  await record(from, 'with a name', { createdAt: at(6) });
  const allDelivered = () =>
    until(async () => expect((await deliveries(from)).map(({ deliveryStatus }) => deliveryStatus)).toEqual(Array(10).fill('DELIVERED')));
  await allDelivered();

  const here = await shown(sending, from);
  expect(here.conversations).toHaveLength(2);
  expect(here.contacts).toEqual([{ phoneNumber: '+15550000002', name: 'Jane Doe' }]);
  expect(await shown(receiving, to)).toEqual(here);

  // A replay is recognized.
  await run(from, 'replayWebhookDelivery', { id: delivered[3]?.id }, 'delivery { id }');
  await allDelivered();
  expect(await shown(receiving, to)).toEqual(here);
});
