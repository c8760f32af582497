// A large answer is resolved in many turns of the event loop, so that other requests need not wait, and still loads each level once.
import { beforeAll, expect, test, vi } from 'vitest';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';

const parley = useApp();
const messages = 200;
let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(
    tenant,
    Array.from({ length: messages }, (_, index) => phoneLine({ createdAt: new Date(Date.UTC(2026, 0, 1) + index).toISOString() })),
  );
});

const leaves = 'id number kind direction channel body segmentCount status createdAt editedAt deletedAt redactedAt';
const query = `{ conversations(first: 1) { nodes { messages(first: ${messages}) { nodes {
  ${leaves} reactions { reactionType author { name } } attachments { url } author { ${'id number participantKind name firstName lastName title'} agent: contactNumber } conversation { title }
} } } } }`;

/** Counts the callbacks that the program defers to later turns of the event loop, without those that wait for the database. */
async function turnsOf(work: () => Promise<unknown>): Promise<number> {
  const later = vi.spyOn(globalThis, 'setImmediate');
  try {
    await work();
    return later.mock.calls.length;
  } finally {
    later.mockRestore();
  }
}

test('loads each level once, however many turns it takes', async () => {
  await parley.graphql(tenant.key, query);
  const statements = await parley.statements(() => parley.graphql(tenant.key, query));
  expect(statements.toSorted()).toEqual([...new Set(statements)].toSorted());
  expect(statements).toEqual(expect.arrayContaining(['messages', 'reactions', 'attachments']));
});

test('resolves values in portions of 1,000', async () => {
  const lists = Array.from({ length: 20 }, (_, index) => `m${index}: messages(first: ${messages}) { nodes { ${leaves} } }`).join(' ');
  const ask = () => parley.graphql(tenant.key, `{ conversations(first: 1) { nodes { ${lists} } } }`);
  expect(await turnsOf(ask)).toBeGreaterThanOrEqual((20 * messages * 12) / 1_000);
});

test('searches long bodies for highlights in portions', async () => {
  const other = await parley.tenant();
  const [count, characters] = [20, 10_000];
  await parley.importLines(
    other,
    Array.from({ length: count }, () => phoneLine({ body: 'word '.repeat(characters / 5) })),
  );
  const ask = () =>
    parley.graphql(other.key, '{ conversations(first: 1) { nodes { messages { nodes { highlights(query: "wor") { offset } } } } } }');
  expect(await turnsOf(ask)).toBeGreaterThanOrEqual(count);
});

test('resolves a small answer without another turn', async () => {
  const ask = () => parley.graphql(tenant.key, `{ conversations(first: 1) { nodes { messages(first: 20) { nodes { ${leaves} } } } } }`);
  await ask();
  expect(await turnsOf(ask)).toBeLessThan(20);
});
