// A thread that is opened at a message and read in both directions, with the variables of Relay and Apollo.
import { beforeAll, describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';

const parley = useApp();
const count = 13;
let tenant: Tenant;
let id: string;

type Variables = Record<string, unknown>;
interface Page {
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
}

const thread = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $around: ID, $number: SafeInt, $filter: MessageFilter, $direction: OrderDirection = ASC) {
  conversation(id: $id) { messages(first: $first, after: $after, last: $last, before: $before, around: $around, aroundNumber: $number, filter: $filter,
    orderBy: { field: CREATED_AT, direction: $direction }) { edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;

async function ask(variables: Variables): Promise<Page> {
  const { data, errors } = await parley.graphql(tenant.key, thread, { id, ...variables });
  expect(errors).toBeUndefined();
  return data.conversation.messages;
}

const idsOf = (...pages: Page[]) => pages.flatMap(({ edges }) => edges.map(({ node }) => node.id));

beforeAll(async () => {
  tenant = await parley.tenant();
  // Several messages at one instant.
  const lines = Array.from({ length: count }, (_, index) =>
    phoneLine({
      createdAt: `2026-01-01T00:00:0${(index * 5) % 4}Z`,
      direction: index % 3 === 0 ? 'outbound' : 'inbound',
      body: `Needle ${index}`,
    }),
  );
  await parley.importLines(tenant, [...lines, phoneLine({ contactNumber: '+15550009999', createdAt: '2025-01-01T00:00:00Z' })]);
  const { data } = await parley.graphql(tenant.key, '{ conversations(first: 1) { nodes { id } } }');
  id = data.conversations.nodes[0].id;
});

/** The arguments with which a client opens a page around a message, and what it sends to go on: always beside the variables of the first page. */
interface Client {
  opened: Variables;
  next: (cursor: string) => Variables;
  previous: (cursor: string) => Variables;
}

const clients: Record<string, Client> = {
  // Relay sets the variables of the other direction to null.
  'Relay, a fragment for both directions': {
    opened: { first: 4, after: null, last: null, before: null },
    next: (after) => ({ first: 3, after, last: null, before: null }),
    previous: (before) => ({ last: 3, before, first: null, after: null }),
  },
  // The size of the other direction is written in the fragment, so it is always sent.
  'Relay, a fragment with a fixed `first`': {
    opened: { first: 4 },
    next: (after) => ({ after }),
    previous: (before) => ({ last: 3, before }),
  },
  'Relay, a fragment with a fixed `last`': {
    opened: { last: 4 },
    next: (after) => ({ first: 3, after }),
    previous: (before) => ({ before }),
  },
  // The variables of fetchMore are merged into those of the query.
  'Apollo with relayStylePagination': {
    opened: { first: 4 },
    next: (after) => ({ after }),
    previous: (before) => ({ before, last: 3 }),
  },
};

async function walkFrom(hit: Variables, { opened, next, previous }: Client): Promise<Page[]> {
  const variables = { ...hit, ...opened };
  const pages = [await ask(variables)];
  for (let last = pages.at(-1) as Page; last.pageInfo.hasNextPage; last = pages.at(-1) as Page)
    pages.push(await ask({ ...variables, ...next(last.pageInfo.endCursor) }));
  for (let first = pages[0] as Page; first.pageInfo.hasPreviousPage; first = pages[0] as Page)
    pages.unshift(await ask({ ...variables, ...previous(first.pageInfo.startCursor) }));
  return pages;
}

describe.each(Object.entries(clients))('%s', (_name, client) => {
  const lists: [string, Variables][] = [
    ['the whole thread', {}],
    ['the newest first', { direction: 'DESC' }],
    ['a filter', { filter: { direction: 'INBOUND' } }],
  ];

  test.each(lists)('reads to both ends of the list, each message once: %s', async (_list, list) => {
    const all = idsOf(await ask({ ...list, first: 200 }));
    for (const position of [0, 1, Math.floor(all.length / 2), all.length - 1]) {
      const hit = all[position] as string;
      const pages = await walkFrom({ ...list, around: hit }, client);
      expect(idsOf(...pages)).toEqual(all);
      expect(pages.filter((page) => idsOf(page).includes(hit))).toHaveLength(1);
    }
  });
});

test('`last` counts the page around a message as `first` does', async () => {
  const [, , , , around] = idsOf(await ask({ first: 200 }));
  for (const size of [1, 4, 5, 200]) expect(await ask({ around, last: size })).toEqual(await ask({ around, first: size }));
});

test('ignores `around` beside a cursor, even an invalid one', async () => {
  const [edge] = (await ask({ first: 1 })).edges;
  const expected = await ask({ first: 3, after: edge?.cursor });
  for (const around of [{ around: 'no id' }, { number: -1 }, { around: edge?.node.id, number: 1 }])
    expect(await ask({ first: 3, after: edge?.cursor, ...around })).toEqual(expected);
});

test.each([
  ['both sizes', { first: 2, last: 2 }, 'last'],
  ['no items', { last: 0 }, 'last'],
  ['too many items', { first: 201 }, 'first'],
])('refuses a page around a message, %s', async (_name, variables, field) => {
  const [around] = idsOf(await ask({ first: 1 }));
  const { data, errors } = await parley.graphql(tenant.key, thread, { id, around, ...variables });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
  expect(data).toEqual({ conversation: { messages: null } });
});

describe('the cursor of a message', () => {
  const hits = `{ searchMessages(query: "needle") { nodes { id conversation { id }
    cursor newest: cursor(orderBy: { field: CREATED_AT, direction: DESC }) oldest: cursor(orderBy: { field: CREATED_AT, direction: ASC }) } } }`;

  test('is the cursor of its edge in the thread, in either order', async () => {
    const { data } = await parley.graphql(tenant.key, hits);
    expect(data.searchMessages.nodes).toHaveLength(count);
    const cursors = async (direction: string) =>
      new Map((await ask({ direction, first: 200 })).edges.map(({ cursor, node }) => [node.id, cursor]));
    const [oldest, newest] = [await cursors('ASC'), await cursors('DESC')];
    for (const hit of data.searchMessages.nodes) {
      expect(hit).toMatchObject({ cursor: oldest.get(hit.id), oldest: oldest.get(hit.id), newest: newest.get(hit.id) });
      expect(hit.conversation.id).toBe(id);
    }
  });

  test.each(['ASC', 'DESC'])('opens the thread on both sides of a search hit, %s', async (direction) => {
    const all = idsOf(await ask({ direction, first: 200 }));
    const { data } = await parley.graphql(tenant.key, hits);
    for (const hit of data.searchMessages.nodes) {
      const cursor = direction === 'ASC' ? hit.oldest : hit.newest;
      const [before, after] = [await ask({ direction, last: 200, before: cursor }), await ask({ direction, first: 200, after: cursor })];
      expect([...idsOf(before), hit.id, ...idsOf(after)]).toEqual(all);
    }
  });

  test('takes no statement', async () => {
    const search = (fields: string) => parley.graphql(tenant.key, `{ searchMessages(query: "needle") { nodes { id ${fields} } } }`);
    expect(await parley.statements(() => search('cursor'))).toEqual(await parley.statements(() => search('')));
  });

  test('works in the payload of a mutation too, where `around` counts only without a cursor', async () => {
    const query = `mutation ($input: MarkConversationReadInput!, $around: ID, $after: String) {
      markConversationRead(input: $input) { conversation { lastMessage { cursor } messages(first: 1, around: $around, after: $after) { nodes { id } } } } }`;
    const all = await ask({ first: 200 });
    const variables = { input: { id, through: null }, around: all.edges[4]?.node.id };
    const refused = await parley.graphql(tenant.key, query, variables);
    expect(refused.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'around' } }]);
    const { data, errors } = await parley.graphql(tenant.key, query, { ...variables, after: all.edges[0]?.cursor });
    expect(errors).toBeUndefined();
    expect(data.markConversationRead.conversation).toEqual({
      lastMessage: { cursor: all.edges.at(-1)?.cursor },
      messages: { nodes: [{ id: all.edges[1]?.node.id }] },
    });
  });
});
