import { expect, test } from 'vitest';
import { eventKinds } from '../../support/event-kinds.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { ask } from '../conversation/conversations.ts';
import { wrongCounters } from './ingest/merging.ts';
import { record } from './recording.ts';

const parley = useApp();
const updateDocument = `mutation ($updates: [UpdateMessageInput!]!) { updateMessages(input: { updates: $updates }) {
  results { outcome reason messageId } } }`;
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
const contact = (index: number) => ({ phoneNumber: '+15550000001', contactNumber: `+155500010${10 + (index % 3)}` });
const names = Array.from({ length: 40 }, (_, index) => ({ externalId: `m${index}`, ...contact(index) }));
/** Outbound messages, over some conversations. */
const lines = names.map((name, index) => phoneLine({ ...name, direction: 'outbound', status: 'queued', createdAt: at(index) }));

interface Result {
  outcome: string;
  reason: string | null;
  messageId: string | null;
}

async function update(tenant: Tenant, change: object): Promise<Result[]> {
  const updates = names.map((name) => ({ ...name, ...change }));
  return (await ask(parley, tenant.key, updateDocument, { updates })).updateMessages.results;
}

async function stored(tenant: Tenant): Promise<{ status: string; body: string | null; deletedAt: string | null }[]> {
  const document = '{ conversations { nodes { messages(first: 200) { nodes { status body deletedAt } } } } }';
  const { conversations } = await ask(parley, tenant.key, document);
  return conversations.nodes.flatMap((node: { messages: { nodes: object[] } }) => node.messages.nodes);
}

const outcomesOf = (results: readonly Result[]) => [...new Set(results.map(({ outcome }) => outcome))];
const changing = (results: readonly Result[]) => results.filter(({ outcome }) => outcome === 'UPDATED').length;

test('concurrent updates of the same messages move the status forward only, and write one event of each change', async () => {
  for (let round = 0; round < 4; round++) {
    const tenant = await parley.tenant();
    await record(parley, tenant.key, lines);
    const results = await Promise.all([
      update(tenant, { status: 'SENDING' }),
      update(tenant, { status: 'DELIVERED' }),
      update(tenant, { status: 'SENT' }),
      update(tenant, { editedAt: at(200), body: 'The later edit' }),
      update(tenant, { editedAt: at(100), body: 'An edit' }),
      update(tenant, { status: 'DELIVERED' }),
    ]);
    expect(await stored(tenant)).toEqual(lines.map(() => ({ status: 'DELIVERED', body: 'The later edit', deletedAt: null })));
    const kinds = await eventKinds(parley.app.database, tenant.id);
    expect(kinds.filter((kind) => kind === 'MESSAGE_UPDATED')).toHaveLength(changing(results.flat()));

    const deletions = await Promise.all([update(tenant, { deletedAt: at(300) }), update(tenant, { deletedAt: at(301) })]);
    // One request does it all, and the other finds nothing to change.
    expect(deletions.map(outcomesOf).sort()).toEqual([['SKIPPED'], ['UPDATED']]);
    const deletionEvents = (await eventKinds(parley.app.database, tenant.id)).slice(kinds.length);
    expect(deletionEvents).toEqual(lines.map(() => 'MESSAGE_DELETED'));
    expect(await wrongCounters(parley.app.database, tenant.id)).toEqual([]);
  }
});

test('concurrent recording and updating records each message once, with the right status and counters', async () => {
  for (let round = 0; round < 4; round++) {
    const tenant = await parley.tenant();
    // Half of them are stored already.
    await record(parley, tenant.key, lines.slice(0, 20));
    const inbound = names.map((_, index) => phoneLine({ ...contact(index), externalId: `in${index}`, createdAt: at(index) }));
    const sent = lines.map((line) => ({ ...line, status: 'sent' }));
    const [first, second, ...updated] = await Promise.all([
      record(parley, tenant.key, [...sent, ...inbound]),
      record(parley, tenant.key, [...lines, ...inbound].reverse()),
      update(tenant, { status: 'DELIVERED' }),
      update(tenant, { status: 'SENDING' }),
    ]);
    const created = [...first, ...second].filter(({ outcome }) => outcome === 'CREATED');
    expect(created).toHaveLength(20 + inbound.length);
    // An update may come before its message.
    for (const { outcome, reason } of updated.flat()) if (outcome === 'REFUSED') expect(reason).toBe('there is no such message');
    const delivered = new Set(updated[0]?.filter(({ outcome }) => outcome !== 'REFUSED').map(({ messageId }) => messageId));
    expect(delivered.size).toBeGreaterThanOrEqual(20);

    const { conversations } = await ask(
      parley,
      tenant.key,
      '{ conversations { nodes { messageCount unreadCount messages(first: 200) { nodes { id status direction } } } } }',
    );
    for (const { messageCount, unreadCount, messages } of conversations.nodes) {
      const count = (wanted: string) => messages.nodes.filter(({ direction }: { direction: string }) => direction === wanted).length;
      expect({ messageCount, unreadCount }).toEqual({ messageCount: messages.nodes.length, unreadCount: count('INBOUND') });
      for (const { id, status } of messages.nodes) if (delivered.has(id)) expect(status).toBe('DELIVERED');
    }
    expect(await wrongCounters(parley.app.database, tenant.id)).toEqual([]);
  }
});
