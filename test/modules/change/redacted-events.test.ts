import { expect, onTestFinished, test } from 'vitest';
import { updateRetention } from '../../../src/modules/organization/commands/update-retention.ts';
import { stopClock } from '../../support/clock.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { readable } from './readable.ts';
import { openStream, type Stream } from './stream.ts';

const parley = useApp();
const recorded = 'subscription ($after: String) { messageRecorded(after: $after) { message { body } } }';
const kinds = 'subscription { conversationChanged { changeKind } }';

/** Many long messages, so that most are not loaded before they are taken. */
const lines = Array.from({ length: 8 }, (_, index) => phoneLine({ externalId: `m${index}`, body: `${index}`.repeat(10_000) }));

async function bodies(stream: Stream): Promise<string[]> {
  const taken: string[] = [];
  for (const _ of lines) taken.push((await stream.take()).message.body);
  return taken;
}

async function takeUntil(stream: Stream, kind: string): Promise<void> {
  while ((await stream.take()).changeKind !== kind);
}

test.each<[string, object, string | null]>([
  ['deleted', { deletedAt: '2026-02-01T00:00:00Z' }, null],
  ['edited', { body: 'other words', editedAt: '2026-02-01T00:00:00Z' }, 'other words'],
])(
  'after the event of a message that was %s, no stream shows its old content, though another stream of the key just did',
  async (_name, change, bodyAfter) => {
    const tenant: Tenant = await parley.tenant();
    const quick = await openStream(parley.app, tenant.key, recorded);
    const slow = await openStream(parley.app, tenant.key, recorded);
    const changes = await openStream(parley.app, await parley.key(tenant.id), kinds);
    await parley.importLines(tenant, lines);
    expect(await bodies(quick)).toEqual(lines.map(({ body }) => body));
    await parley.importLines(tenant, [{ ...lines.at(-1), ...change }]);
    await takeUntil(changes, bodyAfter === null ? 'MESSAGE_DELETED' : 'MESSAGE_UPDATED');
    expect((await bodies(slow)).at(-1)).toBe(bodyAfter);
    for (const stream of [quick, slow, changes]) await stream.close();
  },
);

test('a stream that is still catching up does not show a deleted message either', async () => {
  const tenant = await parley.tenant();
  const { data } = await parley.graphql(tenant.key, '{ changes { latestCursor } }');
  await parley.importLines(tenant, lines);
  const after = { after: data.changes.latestCursor };
  const slow = await openStream(parley.app, tenant.key, recorded, after);
  const quick = await openStream(parley.app, tenant.key, recorded, after);
  await bodies(quick);
  await quick.close();
  await parley.importLines(tenant, [{ ...lines.at(-1), deletedAt: '2026-02-01T00:00:00Z' }]);
  await readable(parley.app.database);
  // A read may have begun before the deletion could be read. The next read includes it.
  const begun = parley.logged.length;
  await expect
    .poll(async () => {
      await parley.importLines(tenant, [phoneLine({ contactNumber: '+15550000009' })]);
      return parley.logged.slice(begun).filter(({ statement }) => statement === 'events_read').length;
    })
    .toBeGreaterThan(1);
  expect((await bodies(slow)).at(-1)).toBeNull();
  await slow.close();
});

test('after a change of the retention window was read, no stream shows what it redacts, however short the time since', async () => {
  const tenant = await parley.tenant();
  const elsewhere = phoneLine({ contactNumber: '+15550000009' });
  await parley.importLines(tenant, [elsewhere, phoneLine({})]);
  await readable(parley.app.database);
  const { data } = await parley.graphql(tenant.key, '{ conversations { nodes { id contactNumber } } }');
  const of = (contact: unknown) => ({
    id: data.conversations.nodes.find(({ contactNumber }: { contactNumber: string }) => contactNumber === contact).id,
  });
  const document = 'subscription ($id: ID) { messageRecorded(conversationId: $id) { message { body } } }';
  const quick = await openStream(parley.app, tenant.key, document, of(lines[0]?.contactNumber));
  const slow = await openStream(parley.app, tenant.key, document, of(lines[0]?.contactNumber));
  // It has other scopes, so it shares no rows with the two.
  const marker = await openStream(parley.app, await parley.key(tenant.id, ['conversations:read']), document, of(elsewhere.contactNumber));
  // With the clock stopped, no row is loaded again because of its age.
  const clock = stopClock();
  onTestFinished(clock.restore);
  await parley.importLines(tenant, lines);
  expect(await bodies(quick)).toEqual(lines.map(({ body }) => body));
  await updateRetention(parley.app.database, tenant.id, 30);
  // Events are read in their order: once this one has come, the change was read.
  await parley.importLines(tenant, [{ ...elsewhere, externalId: 'after the change' }]);
  await marker.take();
  expect((await bodies(slow)).at(-1)).toBeNull();
  for (const stream of [quick, slow, marker]) await stream.close();
});
