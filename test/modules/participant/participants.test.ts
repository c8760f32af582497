import type { GraphQLInputObjectType } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { schema } from '../../../src/graphql/built-schema.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { ask } from '../conversation/conversations.ts';

const parley = useApp();
const document = `query ($first: Int, $last: Int, $after: String, $before: String, $filter: ParticipantFilter, $orderBy: ParticipantOrder) {
  participants(first: $first, last: $last, after: $after, before: $before, filter: $filter, orderBy: $orderBy) {
    totalCount nodes { id participantKind name leftAt } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
const descending = { field: 'CREATED_AT', direction: 'DESC' };
/** In the order in which they are stored: the organization itself is the first. */
const everybody = ['Test organization', '+15550000002', 'Desk', 'Zoé Ng', 'Bo Ek', '+15557654321'];
let tenant: Tenant;

interface Page {
  totalCount: number;
  nodes: { id: string; participantKind: string; name: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
}

const participants = async (variables: Record<string, unknown> = {}, { key }: Tenant = tenant): Promise<Page> =>
  (await ask(parley, key, document, variables)).participants;
const named = async (filter: object): Promise<string[]> => {
  const { nodes, totalCount } = await participants({ filter });
  expect(totalCount).toBe(nodes.length);
  return nodes.map(({ name }) => name);
};

beforeAll(async () => {
  tenant = await parley.tenant();
  const person = (externalId: string, firstName: string, lastName: string) => chatLine({ author: { externalId, firstName, lastName } });
  // One after another, so that each is stored at an instant of its own.
  for (const line of [
    phoneLine({}),
    phoneLine({ direction: 'outbound' }),
    phoneLine({ direction: 'outbound', agent: { externalId: 'desk', name: 'Desk' } }),
    person('zoe', 'Zoé', 'Ng'),
    person('bo', 'Bo', 'Ek'),
    phoneLine({ contactNumber: '+15557654321' }),
    // Nobody is listed twice.
    person('bo', 'Bo', 'Ek'),
  ])
    await parley.importLines(tenant, [line]);
  const [bo] = (await participants({ filter: { query: 'bo ek' } })).nodes;
  await ask(parley, tenant.key, 'mutation ($id: ID!) { updateParticipant(input: { id: $id, left: true }) { __typename } }', { id: bo?.id });
});

test('lists everybody once, the first stored first, or the last', async () => {
  const { nodes, totalCount } = await participants();
  expect(nodes.map(({ name }) => name)).toEqual(everybody);
  expect(totalCount).toBe(everybody.length);
  expect((await participants({ orderBy: descending })).nodes).toEqual(nodes.toReversed());
  expect((await participants({ orderBy: { ...descending, direction: 'ASC' } })).nodes).toEqual(nodes);
});

test.each([null, descending])('pages forward and backward agree: %j', async (orderBy) => {
  const whole = (await participants({ orderBy })).nodes;
  const forward: unknown[] = [];
  const backward: unknown[] = [];
  for (let after: string | null = null; ; ) {
    const page: Page = await participants({ first: 4, after, orderBy });
    forward.push(...page.nodes);
    expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  for (let before: string | null = null; ; ) {
    const page: Page = await participants({ last: 4, before, orderBy });
    backward.unshift(...page.nodes);
    if (!page.pageInfo.hasPreviousPage) break;
    before = page.pageInfo.startCursor;
  }
  expect(forward).toEqual(whole);
  expect(backward).toEqual(whole);
});

describe('filter', () => {
  test.each<[object, string[]]>([
    [{}, everybody],
    [{ kinds: ['PERSON'] }, ['Zoé Ng', 'Bo Ek']],
    [{ kinds: ['AGENT', 'ORGANIZATION', 'AGENT'] }, ['Test organization', 'Desk']],
    [{ kinds: [] }, []],
    [{ contactNumber: '+15557654321' }, ['+15557654321']],
    [{ contactNumber: '+15557654322' }, []],
    [{ left: true }, ['Bo Ek']],
    [{ left: false, kinds: ['PERSON'] }, ['Zoé Ng']],
    [{ query: 'ZOE n' }, ['Zoé Ng']],
    [{ query: 'des' }, ['Desk']],
    [{ query: '1555' }, ['+15550000002', '+15557654321']],
    [{ query: 'e', kinds: ['PERSON', 'AGENT'] }, ['Desk', 'Zoé Ng', 'Bo Ek']],
    [{ query: '%' }, []],
    [{ query: '' }, everybody],
  ])('%j', async (filter, found) => expect(await named(filter)).toEqual(found));

  test.each(['x'.repeat(257), 'a\u0000', '\ud800'])('rejects %j', async (query) => {
    const { errors } = await parley.graphql(tenant.key, document, { filter: { query } });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'filter.query' } }]);
  });

  const fields = ['ParticipantFilter', 'ContactFilter'].flatMap((type) =>
    Object.keys((schema.getType(type) as GraphQLInputObjectType).getFields()).map((name): [string, string] => [type, name]),
  );
  test.each(fields)('%s.%s must not be null', async (type, name) => {
    const list = type === 'ContactFilter' ? 'contacts' : 'participants';
    const { errors } = await parley.graphql(tenant.key, `query ($filter: ${type}) { ${list}(filter: $filter) { nodes { id } } }`, {
      filter: { [name]: null },
    });
    const reason = 'must not be null: leave it out instead';
    expect(errors).toMatchObject([
      { message: `filter.${name}: ${reason}`, extensions: { code: 'BAD_USER_INPUT', field: `filter.${name}`, reason } },
    ]);
  });
});

test('contacts have the same order and a filter by address', async () => {
  const { last, one } = await ask(
    parley,
    tenant.key,
    `{ last: contacts(first: 1, orderBy: { field: CREATED_AT, direction: DESC }) { totalCount nodes { name } }
       one: contacts(filter: { contactNumber: "+15550000002" }) { totalCount nodes { name } } }`,
  );
  expect(last).toEqual({ totalCount: 2, nodes: [{ name: '+15557654321' }] });
  expect(one).toEqual({ totalCount: 1, nodes: [{ name: '+15550000002' }] });
});

test('an organization never sees another’s participants', async () => {
  const other = await parley.tenant();
  await parley.importLines(other, [phoneLine({ contactNumber: '+19990000002' })]);
  expect((await participants({}, other)).nodes.map(({ name }) => name)).toEqual(['Test organization', '+19990000002']);
  expect(await named({ query: '999' })).toEqual([]);
});

test('needs conversations:read, takes only its own cursors, is one statement and costs its rows', async () => {
  const writer = await parley.key(tenant.id, ['conversations:write']);
  expect((await parley.graphql(writer, document)).errors).toMatchObject([
    { extensions: { code: 'FORBIDDEN', requiredScopes: ['conversations:read'] } },
  ]);
  const { endCursor } = (await participants({ orderBy: descending })).pageInfo;
  const { errors } = await parley.graphql(tenant.key, document, { after: endCursor });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'after' } }]);
  expect(await parley.statements(() => participants())).toEqual(['participants']);
  const cost = async (filter: string) => {
    const query = `{ participants(first: 7${filter}) { nodes { id } } }`;
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) };
    return ((await (await parley.fetch('/graphql', tenant.key, init)).json()) as { extensions: { cost: { price: number } } }).extensions
      .cost.price;
  };
  expect(await cost('')).toBe(1 + 7);
  expect(await cost(', filter: { query: "x" }')).toBe(1_000 + 1 + 7);
});

test('an index serves the list', async () => {
  const indexes = await parley.app.database.query<{ definition: string }>({
    label: 'test_indexes',
    text: `select indexdef as definition from pg_indexes where tablename = 'participants'`,
  });
  expect(indexes.map(({ definition }) => definition)).toContainEqual(expect.stringContaining('(organization_id, created_at, id)'));
});
