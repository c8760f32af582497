import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';

const parley = useApp();
const at = (second: number) => `2026-01-02T00:00:0${second}Z`;
const query =
  'query ($first: Int) { conversations(first: 1) { nodes { messages { nodes { reactions(first: $first) { number type: reactionType createdAt } } } } } }';
let tenant: Tenant;

async function reactionsOf(key: string, first?: number): Promise<{ type: string; createdAt: string }[][]> {
  const { data, errors } = await parley.graphql(key, query, { first });
  expect(errors).toBeUndefined();
  return data.conversations.nodes[0].messages.nodes.map(({ reactions }: { reactions: unknown }) => reactions);
}

/** A message with `count` reactions, several at one instant, not in the order of their instants. */
function lineWith(externalId: number, count: number) {
  const reactions = Array.from({ length: count }, (_, index) => ({
    type: String(index),
    direction: 'inbound',
    createdAt: at((index * 7) % 4),
  }));
  return phoneLine({ externalId: String(externalId), createdAt: at(externalId), reactions });
}

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(
    tenant,
    [0, 1, 2, 60].map((count, nth) => lineWith(nth, count)),
  );
});

test('returns the oldest reactions of each message, `first` of them', async () => {
  const all = await reactionsOf(tenant.key, 200);
  expect(all.map(({ length }) => length)).toEqual([0, 1, 2, 60]);
  for (const each of all) expect(each.map(({ createdAt }) => createdAt)).toEqual(each.map(({ createdAt }) => createdAt).toSorted());
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 200 }), async (first) => {
      expect(await reactionsOf(tenant.key, first)).toEqual(all.map((each) => each.slice(0, first)));
    }),
    { numRuns: 20 },
  );
  expect(await reactionsOf(tenant.key)).toEqual(all.map((each) => each.slice(0, 20)));
});

test.each([0, -1, 201])('refuses `first` of %i', async (first) => {
  const { errors } = await parley.graphql(tenant.key, query, { first });
  // One of each message: the reactions of each are null alone.
  expect(errors).toHaveLength(4);
  for (const error of errors ?? [])
    expect(error).toMatchObject({ message: 'first: must be from 1 to 200', extensions: { code: 'BAD_USER_INPUT', field: 'first' } });
});

test('reads the reactions of all messages in one statement', async () => {
  await reactionsOf(tenant.key, 3);
  expect((await parley.statements(() => reactionsOf(tenant.key, 3))).toSorted()).toEqual(['conversations', 'messages', 'reactions']);
});

test('returns no reactions of a deleted message', async () => {
  const other = await parley.tenant();
  await parley.importLines(other, [lineWith(0, 2), lineWith(1, 2)]);
  await parley.importLines(other, [phoneLine({ externalId: '0', createdAt: at(0), deletedAt: at(9) })]);
  expect((await reactionsOf(other.key)).map(({ length }) => length)).toEqual([0, 2]);
});
