import { expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { openStream, type Stream } from './stream.ts';

const parley = useApp();
const recorded = 'subscription ($after: String) { messageRecorded(after: $after) { message { body } } }';
const kinds = 'subscription { conversationUpdated { kind } }';

/** So many, and so long, that most are not loaded before they are taken. */
const lines = Array.from({ length: 8 }, (_, index) => phoneLine({ externalId: `m${index}`, body: `${index}`.repeat(10_000) }));

async function bodies(stream: Stream): Promise<string[]> {
  const taken: string[] = [];
  for (const _ of lines) taken.push((await stream.take()).message.body);
  return taken;
}

async function untilTold(stream: Stream, kind: string): Promise<void> {
  while ((await stream.take()).kind !== kind);
}

test.each<[string, object, string | null]>([
  ['deleted', { deletedAt: '2026-02-01T00:00:00Z' }, null],
  ['edited', { body: 'other words', editedAt: '2026-02-01T00:00:00Z' }, 'other words'],
])(
  'once it is told that a message was %s, nobody is shown what it was, though another of the same key just was',
  async (_name, change, left) => {
    const tenant: Tenant = await parley.tenant();
    const quick = await openStream(parley.app, tenant.key, recorded);
    const slow = await openStream(parley.app, tenant.key, recorded);
    const told = await openStream(parley.app, await parley.key(tenant.id), kinds);
    await parley.importLines(tenant, lines);
    expect(await bodies(quick)).toEqual(lines.map(({ body }) => body));
    await parley.importLines(tenant, [{ ...lines.at(-1), ...change }]);
    await untilTold(told, left === null ? 'MESSAGE_DELETED' : 'MESSAGE_UPDATED');
    expect((await bodies(slow)).at(-1)).toBe(left);
    for (const stream of [quick, slow, told]) await stream.close();
  },
);

test('nor to one that is still catching up while nobody follows', async () => {
  const tenant = await parley.tenant();
  const { data } = await parley.graphql(tenant.key, '{ changes { latestCursor } }');
  await parley.importLines(tenant, lines);
  const after = { after: data.changes.latestCursor };
  const slow = await openStream(parley.app, tenant.key, recorded, after);
  const quick = await openStream(parley.app, tenant.key, recorded, after);
  await bodies(quick);
  await quick.close();
  const begun = parley.logged.length;
  await parley.importLines(tenant, [{ ...lines.at(-1), deletedAt: '2026-02-01T00:00:00Z' }]);
  await expect.poll(() => parley.logged.slice(begun).map(({ statement }) => statement)).toContain('events_read');
  expect((await bodies(slow)).at(-1)).toBeNull();
  await slow.close();
});
