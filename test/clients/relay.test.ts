// Relay's own compiler against our schema. What it makes runs by the hashes that it persists, where nothing else may run; a page leads to the next as its runtime goes on.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';
import { compileRelay, type PagedFragment, type Query } from './compile-relay.ts';

const paged = '@argumentDefinitions(count: { type: "Int", defaultValue: 3 }, cursor: { type: "String" })';
const relay = compileRelay(
  'inbox',
  `
  graphql\`query inboxQuery { ...inbox_query }\`;
  graphql\`fragment inbox_query on Query @refetchable(queryName: "inboxPageQuery") ${paged} {
    conversations(first: $count, after: $cursor) @connection(key: "inbox_conversations") { edges { node { contactNumber } } }
  }\`;

  graphql\`query inboxOldestQuery($id: ID!) { conversation(id: $id) { ...inboxOldest_conversation } }\`;
  graphql\`fragment inboxOldest_conversation on Conversation @refetchable(queryName: "inboxOldestPageQuery") ${paged} {
    messages(first: $count, after: $cursor) @connection(key: "inboxOldest_messages") { edges { node { body } } }
  }\`;

  graphql\`query inboxNewestQuery($id: ID!) { conversation(id: $id) { ...inboxNewest_conversation } }\`;
  graphql\`fragment inboxNewest_conversation on Conversation @refetchable(queryName: "inboxNewestPageQuery") ${paged} {
    messages(last: $count, before: $cursor) @connection(key: "inboxNewest_messages") { edges { node { body author { name } } } }
  }\`;

  graphql\`mutation inboxRecordMutation($messages: [RecordMessageInput!]!, $thread: [ID!]!, $inbox: [ID!]!) {
    recordMessages(input: { messages: $messages }) { results {
      messageEdge @appendEdge(connections: $thread) { cursor node { body } }
      conversationEdge @prependEdge(connections: $inbox) { cursor node { contactNumber } }
    } }
  }\`;
  graphql\`subscription inboxRecordedSubscription($thread: [ID!]!) {
    messageRecorded { messageEdge @appendEdge(connections: $thread) { cursor node { body } } }
  }\`;
  graphql\`subscription inboxChangedSubscription($inbox: [ID!]!) {
    conversationChanged { conversationEdge @prependEdge(connections: $inbox) { cursor node { contactNumber } } }
  }\`;
  `,
);
const parley = useApp({ trustedOperations: { path: relay.operations, only: true } });
let tenant: Tenant;

interface Page {
  edges: { cursor: string; node: { id: string; contactNumber?: string; body?: string } }[];
  pageInfo: { hasNextPage?: boolean; hasPreviousPage?: boolean; startCursor?: string; endCursor?: string };
}

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [
    ...Array.from({ length: 8 }, (_, index) => phoneLine({ body: `${index}`, createdAt: `2026-02-01T00:00:0${index % 3}Z` })),
    ...Array.from({ length: 6 }, (_, index) => phoneLine({ contactNumber: `+1555000200${index}` })),
  ]);
});
afterAll(() => relay.remove());

async function run({ params: { id, name } }: Query, variables: Record<string, unknown>): Promise<unknown> {
  const response = await parley.fetch('/graphql', tenant.key, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ operationName: name, variables, extensions: { persistedQuery: { version: 1, sha256Hash: id } } }),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

const at = (data: unknown, path: readonly string[]) => path.reduce((value, name) => (value as Record<string, unknown>)[name], data) as Page;

/** Every page as Relay's runtime asks for it: the first by the query, the others by the fragment's own, with names and places from the artifacts. */
async function walk(first: Query, { metadata }: PagedFragment, variables: { id?: string }): Promise<Page[]> {
  const [{ direction, path, cursor }] = metadata.connection;
  const { operation, fragmentPathInResult, identifierInfo } = metadata.refetch;
  expect(identifierInfo?.identifierQueryVariableName).toBe(Object.keys(variables)[0]);
  const pages = [at(await run(first, variables), [...(variables.id ? ['conversation'] : []), ...path])];
  for (;;) {
    const { pageInfo } = pages.at(-1) as Page;
    if (!(direction === 'forward' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) return pages;
    const from = direction === 'forward' ? pageInfo.endCursor : pageInfo.startCursor;
    pages.push(at(await run(operation, { ...variables, [cursor]: from }), [...fragmentPathInResult, ...path]));
  }
}

const texts = (pages: Page[]) => pages.flatMap(({ edges }) => edges.map(({ node }) => node.body ?? node.contactNumber));

test('conversations, page after page: each once', async () => {
  const pages = await walk(relay.query('inboxQuery'), relay.fragment('inbox_query'), {});
  expect(pages.map(({ edges }) => edges.length)).toEqual([3, 3, 1]);
  expect(texts(pages).sort()).toEqual(['+15550000002', ...Array.from({ length: 6 }, (_, index) => `+1555000200${index}`)]);
});

test('messages from either end: each once, in the same order', async () => {
  const inbox = at(await run(relay.query('inboxQuery'), {}), ['conversations']);
  const id = inbox.edges.find(({ node }) => node.contactNumber === '+15550000002')?.node.id;
  const oldest = await walk(relay.query('inboxOldestQuery'), relay.fragment('inboxOldest_conversation'), { id });
  const newest = await walk(relay.query('inboxNewestQuery'), relay.fragment('inboxNewest_conversation'), { id });
  expect(oldest.map(({ edges }) => edges.length)).toEqual([3, 3, 2]);
  expect(texts(oldest).toSorted()).toEqual(Array.from({ length: 8 }, (_, index) => `${index}`));
  expect(texts(newest.toReversed())).toEqual(texts(oldest));
});

test('a mutation and subscriptions compile with edges that Relay adds to its lists, and its lists continue at their cursors', async () => {
  for (const name of ['inboxRecordedSubscription', 'inboxChangedSubscription']) expect(relay.query(name).params.id).toHaveLength(64);
  const message = {
    externalId: 'added',
    createdAt: new Date().toISOString(),
    direction: 'INBOUND',
    body: 'added',
    phoneNumber: '+15550000001',
    contactNumber: '+15550009999',
  };
  const { recordMessages } = (await run(relay.query('inboxRecordMutation'), { messages: [message], thread: [], inbox: [] })) as {
    recordMessages: { results: { conversationEdge: Page['edges'][number]; messageEdge: Page['edges'][number] }[] };
  };
  const [{ conversationEdge, messageEdge } = { conversationEdge: undefined, messageEdge: undefined }] = recordMessages.results;
  expect(messageEdge?.node).toMatchObject({ body: 'added' });
  const inbox = relay.fragment('inbox_query').metadata;
  const first = at(await run(inbox.refetch.operation, { count: 1 }), ['conversations']);
  expect(first.edges).toMatchObject([{ cursor: conversationEdge?.cursor, node: { contactNumber: '+15550009999' } }]);
  const second = at(await run(inbox.refetch.operation, { count: 1, cursor: conversationEdge?.cursor }), ['conversations']);
  expect(texts([second])).not.toEqual(texts([first]));
});
