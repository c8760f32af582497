// Pages with urql and graphcache: what its cache shows.
import { gql, type TypedDocumentNode } from '@urql/core';
import { beforeAll, expect, test, vi } from 'vitest';
import type { InboxData, InboxVariables } from '../support/documents.ts';
import * as documents from '../support/documents.ts';
import { record, thread } from '../support/gateway.ts';
import { follow, openThread, urql } from './client.ts';

const file = 'urql/paging';
let id: string;
let messages: { id: string; body: string }[];

beforeAll(async () => {
  for (let index = 0; index < 4; index += 1) await record(file, `+1555000200${index}`, ['Hello']);
  const recorded = await record(file, '+15550003000', thread(0, 19));
  id = recorded.conversation.id;
  messages = recorded.messages;
});

const inboxQuery: TypedDocumentNode<InboxData, InboxVariables> = gql(documents.inbox);

test('an inbox, page by page, and with a filter', async () => {
  const client = urql(file);
  let page = follow(client, inboxQuery, { first: 2 });
  const sees = (expected: readonly string[]) =>
    vi.waitFor(() => expect(page.data?.conversations?.edges.map(({ node }) => node.contactNumber)).toEqual(expected), { timeout: 20_000 });
  const all = ['+15550003000', '+15550002003', '+15550002002', '+15550002001', '+15550002000'];
  await sees(all.slice(0, 2));
  page = follow(client, inboxQuery, { first: 2, after: page.data?.conversations?.pageInfo.endCursor });
  await sees(all.slice(0, 4));
  page = follow(client, inboxQuery, { first: 2, after: page.data?.conversations?.pageInfo.endCursor });
  await sees(all);
  expect(page.data?.conversations?.pageInfo.hasNextPage).toBe(false);
  page = follow(client, inboxQuery, { first: 2, filter: { contactNumber: '+15550002001' } });
  await sees(['+15550002001']);
});

test('a thread from its end, page by page: each message once', async () => {
  const page = openThread(urql(file), { id, last: 6 });
  await page.sees(thread(14, 19));
  for (const from of [8, 2, 0]) {
    page.earlier(6);
    await page.sees(thread(from, 19));
  }
  expect(page.more()).toEqual({ earlier: false, later: false });
});

test('a hit is shown though other rows of its thread are cached, and continues to both ends', async () => {
  const client = urql(file);
  const end = openThread(client, { id, last: 5 });
  await end.sees(thread(15, 19));

  const page = openThread(client, { id, first: 5, around: messages[9]?.id });
  await page.sees(thread(7, 11));
  page.earlier(4);
  await page.sees(thread(3, 11));
  page.later(4);
  await page.sees(thread(3, 15));
  page.later(4);
  await page.sees(thread(3, 19));
  page.earlier(4);
  await page.sees(thread(0, 19));
  expect(page.more()).toEqual({ earlier: false, later: false });
  // The other list did not move.
  await end.sees(thread(15, 19));
});
