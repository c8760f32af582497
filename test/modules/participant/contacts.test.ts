import { beforeAll, describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';

const parley = useApp();
const contact = (index: number) => `+1555010${1000 + index}`;
const count = 7;
const document = `query ($first: Int, $last: Int, $after: String, $offset: Int, $filter: ContactFilter) {
  contacts(first: $first, last: $last, after: $after, offset: $offset, filter: $filter) {
    totalCount nodes { id participantKind name contactNumber createdAt } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;
let tenant: Tenant;
let whole: { id: string; participantKind: string; name: string; contactNumber: string; createdAt: string }[];

async function contacts(variables: Record<string, unknown> = {}, { key }: Tenant = tenant) {
  const { data, errors } = await parley.graphql(key, document, variables);
  expect(errors).toBeUndefined();
  return data.contacts;
}

beforeAll(async () => {
  const other = await parley.tenant();
  await parley.importLines(other, [phoneLine({ contactNumber: '+19990000002' })]);
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({ contactNumber: contact(0) })]);
  await parley.importLines(tenant, [
    // One who never answered is a contact too; nobody is listed twice.
    phoneLine({ contactNumber: contact(1), direction: 'outbound', agent: { externalId: 'ada', name: 'Ada' } }),
    phoneLine({ contactNumber: contact(0), phoneNumber: '+15550000009', direction: 'outbound' }),
    chatLine({}),
  ]);
  await parley.importLines(
    tenant,
    Array.from({ length: count - 2 }, (_, index) => phoneLine({ contactNumber: contact(index + 2) })),
  );
  whole = (await contacts()).nodes;
});

test('lists contacts alone, each once, the first stored first', () => {
  expect(whole.map(({ participantKind }) => participantKind)).toEqual(Array(count).fill('CONTACT'));
  expect(whole.map(({ contactNumber }) => contactNumber).slice(0, 2)).toEqual([contact(0), contact(1)]);
  expect(whole.map(({ contactNumber }) => contactNumber).toSorted()).toEqual(Array.from({ length: count }, (_, index) => contact(index)));
  const times = whole.map(({ createdAt }) => Date.parse(createdAt));
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test('pages by cursor, by offset and from the end agree', async () => {
  const byCursor: unknown[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const { nodes, pageInfo, totalCount }: { nodes: unknown[]; pageInfo: { hasNextPage: boolean; endCursor: string }; totalCount: number } =
      await contacts({ first: 2, after });
    byCursor.push(...nodes);
    expect(totalCount).toBe(count);
    after = pageInfo.endCursor;
    more = pageInfo.hasNextPage;
  }
  expect(byCursor).toEqual(whole);
  expect(await contacts({ first: 3, offset: 2 })).toMatchObject({
    totalCount: count,
    nodes: whole.slice(2, 5),
    pageInfo: { hasNextPage: true, hasPreviousPage: true },
  });
  expect((await contacts({ last: 3 })).nodes).toEqual(whole.slice(-3));
});

test('an offset past the end gives an empty page with the total', async () => {
  for (const list of ['contacts', 'agents', 'phoneNumbers']) {
    const { data } = await parley.graphql(
      tenant.key,
      `{ ${list} { totalCount } page: ${list}(offset: 1000000) { totalCount nodes { id } } }`,
    );
    expect(data.page).toEqual({ totalCount: data[list].totalCount, nodes: [] });
  }
});

describe('search', () => {
  const named = (query: string) => contacts({ filter: { query } });

  test('finds a part of the name or the number, without regard to case and accents', async () => {
    const [{ id } = { id: '' }, second] = whole;
    const rename = 'mutation ($input: UpdateParticipantInput!) { updateParticipant(input: $input) { participant { name } } }';
    await parley.graphql(tenant.key, rename, { input: { id, firstName: 'Zoé', lastName: 'Ng' } });
    for (const query of ['zoe n', 'ZOÉ', contact(0), '1000']) {
      expect((await named(query)).nodes, query).toMatchObject([{ id, name: 'Zoé Ng', contactNumber: contact(0) }]);
    }
    expect(await named(contact(1))).toMatchObject({ totalCount: 1, nodes: [second] });
  });

  test('no character has a special meaning; an empty text matches every contact', async () => {
    for (const query of ['%', '_', '.*', '\\', 'Ann', 'Ada']) expect(await named(query)).toMatchObject({ totalCount: 0, nodes: [] });
    expect(await named('')).toMatchObject({ totalCount: count });
  });

  test.each(['x'.repeat(257), 'a\u0000', '\ud800'])('rejects %j', async (query) => {
    const { errors } = await parley.graphql(tenant.key, document, { filter: { query } });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

test('an organization never sees another’s contacts', async () => {
  const { data } = await parley.graphql(tenant.key, '{ contacts(first: 200, filter: { query: "999" }) { totalCount nodes { id } } }');
  expect(data.contacts).toEqual({ totalCount: 0, nodes: [] });
  expect((await contacts({}, await parley.tenant())).totalCount).toBe(0);
});

test('needs conversations:read, takes only its own cursors, is one statement', async () => {
  const writer = await parley.key(tenant.id, ['conversations:write']);
  expect((await parley.graphql(writer, document)).errors).toMatchObject([
    { extensions: { code: 'FORBIDDEN', requiredScopes: ['conversations:read'] } },
  ]);
  const { data } = await parley.graphql(tenant.key, '{ agents { edges { cursor } } }');
  const { errors } = await parley.graphql(tenant.key, document, { after: data.agents.edges[0].cursor });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'after' } }]);
  expect(await parley.statements(() => contacts())).toEqual(['participants']);
});

test('an index serves the list', async () => {
  const indexes = await parley.app.database.query<{ definition: string }>({
    label: 'test_indexes',
    text: `select indexdef as definition from pg_indexes where tablename = 'participants'`,
  });
  expect(indexes.map(({ definition }) => definition)).toContainEqual(expect.stringContaining('(organization_id, kind, created_at, id)'));
});
