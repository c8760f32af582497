// Pages with Apollo Client: what its cache shows.
import { createHash } from 'node:crypto';
import { type ApolloClient, ApolloLink, CombinedGraphQLErrors, gql, HttpLink, type TypedDocumentNode } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { beforeAll, expect, test, vi } from 'vitest';
import type { InboxData, InboxVariables } from '../support/documents.ts';
import * as documents from '../support/documents.ts';
import { headersOf, record, thread, url } from '../support/gateway.ts';
import { apollo, openThread, threadQuery } from './client.ts';

const file = 'apollo/paging';
let id: string;

beforeAll(async () => {
  for (let index = 0; index < 4; index += 1) await record(file, `+1555000200${index}`, ['Hello']);
  const { conversation } = await record(file, '+15550003000', thread(0, 19));
  id = conversation.id;
});

const searchQuery: TypedDocumentNode<{ searchMessages: { edges: { node: { id: string } }[] } | null }, { text: string }> = gql`
  query Search($text: String!) {
    searchMessages(query: $text, first: 1) { edges { node { id } } }
  }
`;

/** The id of the message that a search finds. */
async function search(client: ApolloClient, text: string): Promise<string | undefined> {
  const { data } = await client.query({ query: searchQuery, variables: { text } });
  return data?.searchMessages?.edges[0]?.node.id;
}

test('a thread from its end, page by page: each message once', async () => {
  const page = openThread(apollo(file), { id, last: 6 });
  await page.sees(thread(14, 19));
  for (const from of [8, 2, 0]) {
    await page.earlier(6);
    await page.sees(thread(from, 19));
  }
  expect(page.more()).toEqual({ earlier: false, later: false });
});

test('a thread from its beginning, page by page: each message once', async () => {
  const page = openThread(apollo(file), { id, first: 8 });
  await page.sees(thread(0, 7));
  await page.later(8);
  await page.sees(thread(0, 15));
  await page.later(8);
  await page.sees(thread(0, 19));
  expect(page.more()).toEqual({ earlier: false, later: false });
});

test('a hit is shown though other rows of its thread are cached, and continues to both ends', async () => {
  const client = apollo(file);
  const end = openThread(client, { id, last: 5 });
  await end.sees(thread(15, 19));

  const around = await search(client, 'm09');
  const page = openThread(client, { id, first: 5, around });
  await page.sees(thread(7, 11));
  // fetchMore keeps the variables that the thread was opened with: `around`, and the other size.
  await page.earlier(4);
  await page.sees(thread(3, 11));
  await page.later(4);
  await page.sees(thread(3, 15));
  await page.later(4);
  await page.sees(thread(3, 19));
  await page.earlier(4);
  await page.sees(thread(0, 19));
  expect(page.more()).toEqual({ earlier: false, later: false });
  // The other list did not move, and the cache alone shows the hit another time.
  await end.sees(thread(15, 19));
  const { data } = await client.query({ query: threadQuery, variables: { id, first: 5, around }, fetchPolicy: 'cache-only' });
  expect(data?.conversation?.messages?.edges.map(({ node }) => node.id)).toContain(around);
});

test('with one list for all of a thread, a page around a hit takes the place of the rows that were cached', async () => {
  const client = apollo(file);
  const page = openThread(client, { id, last: 5 });
  await page.sees(thread(15, 19));
  await page.query.refetch({ id, last: undefined, first: 5, around: await search(client, 'm02') });
  await page.sees(thread(0, 4));
  await page.later(5);
  await page.sees(thread(0, 9));
});

const inboxQuery: TypedDocumentNode<InboxData, InboxVariables> = gql(documents.inbox);

test('an inbox, page by page, and with a filter', async () => {
  const client = apollo(file);
  const query = client.watchQuery({ query: inboxQuery, variables: { first: 2 } });
  query.subscribe(() => {});
  const list = () => (query.getCurrentResult().data as InboxData | undefined)?.conversations;
  const sees = (expected: readonly string[]) =>
    vi.waitFor(() => expect(list()?.edges.map(({ node }) => node.contactNumber)).toEqual(expected), { timeout: 20_000 });
  const more = () => query.fetchMore({ variables: { after: list()?.pageInfo.endCursor } });
  const all = ['+15550003000', '+15550002003', '+15550002002', '+15550002001', '+15550002000'];
  await sees(all.slice(0, 2));
  await more();
  await sees(all.slice(0, 4));
  await more();
  await sees(all);
  expect(list()?.pageInfo.hasNextPage).toBe(false);
  await query.refetch({ filter: { contactNumber: '+15550002001' } });
  await sees(['+15550002001']);
});

test('persisted queries by GET: the hash alone, once the gateway has seen the query', async () => {
  const sent: string[] = [];
  const recorder: typeof fetch = (address, init) => {
    const { searchParams } = new URL(String(address));
    sent.push(`${init?.method} ${searchParams.has('extensions') ? 'hash' : ''}${searchParams.has('query') ? ' query' : ''}`.trim());
    return fetch(address, init);
  };
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const http = new HttpLink({ uri: url, headers: headersOf(file), fetch: recorder });
  const client = apollo(file, ApolloLink.from([new PersistedQueryLink({ sha256, useGETForHashedQueries: true }), http]));
  const ask = () => client.query({ query: threadQuery, variables: { id, last: 2 }, fetchPolicy: 'network-only' });
  for (let times = 0; times < 2; times += 1) {
    const { data } = await ask();
    expect(data?.conversation?.messages?.edges.map(({ node }) => node.body)).toEqual(thread(18, 19));
  }
  expect(sent).toEqual(['GET hash', 'POST', 'GET hash']);
});

test("errorPolicy 'all': one list that fails leaves the others", async () => {
  const query = gql`
    query Parts($id: ID!) {
      conversations(first: 1) { edges { node { id contactNumber } } }
      agents(first: 1000) { edges { node { id } } }
      conversation(id: $id) { id contactNumber messages(first: 1000) { edges { node { id } } } }
    }
  `;
  const { data, error } = await apollo(file).query({ query, variables: { id }, errorPolicy: 'all' });
  expect(data).toMatchObject({
    conversations: { edges: [{ node: { contactNumber: '+15550003000' } }] },
    agents: null,
    // relayStylePagination shows no edges for null.
    conversation: { contactNumber: '+15550003000', messages: { edges: [] } },
  });
  if (!CombinedGraphQLErrors.is(error)) throw new Error('There are no errors');
  expect(error.errors.map(({ path }) => path?.join('.')).sort()).toEqual(['agents', 'conversation.messages']);
});
