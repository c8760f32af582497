// An inbox with react-relay: pages of conversations, and another filter.
import { graphql, useLazyLoadQuery, usePaginationFragment } from 'react-relay';
import { beforeAll, expect, test } from 'vitest';
import { record } from '../support/gateway.ts';
import type { inbox_query$key } from './__generated__/inbox_query.graphql.ts';
import type { inboxPageQuery } from './__generated__/inboxPageQuery.graphql.ts';
import type { inboxQuery } from './__generated__/inboxQuery.graphql.ts';
import { environment, show } from './screen.tsx';

const file = 'relay/inbox';
const numbers = Array.from({ length: 7 }, (_, index) => `+1555000200${index}`);
const latestFirst = numbers.toReversed();

function Inbox() {
  const query = useLazyLoadQuery<inboxQuery>(graphql`query inboxQuery { ...inbox_query }`, {});
  return <Conversations query={query} />;
}

function Conversations({ query }: { query: inbox_query$key }) {
  const { data, loadNext, hasNext, refetch } = usePaginationFragment<inboxPageQuery, inbox_query$key>(
    graphql`
      fragment inbox_query on Query
      @refetchable(queryName: "inboxPageQuery")
      @argumentDefinitions(count: { type: "Int", defaultValue: 3 }, cursor: { type: "String" }, filter: { type: "ConversationFilter" }) {
        conversations(first: $count, after: $cursor, filter: $filter) @connection(key: "inbox_conversations") {
          edges { node { contactNumber lastMessage { body } } }
        }
      }
    `,
    query,
  );
  return (
    <>
      <ul>
        {data.conversations?.edges.map(({ node }) => (
          <li key={node.contactNumber}>{`${node.contactNumber} ${node.lastMessage?.body}`}</li>
        ))}
      </ul>
      {hasNext && (
        <button type="button" onClick={() => loadNext(3)}>
          More
        </button>
      )}
      <button type="button" onClick={() => refetch({ filter: { contactNumber: numbers[1] } })}>
        One contact
      </button>
      <button type="button" onClick={() => refetch({ filter: { unassigned: true } })}>
        Unassigned
      </button>
    </>
  );
}

const rows = (contacts: readonly string[]) => contacts.map((number) => `${number} Hello of ${number}`);

beforeAll(async () => {
  for (const number of numbers) await record(file, number, [`Hello of ${number}`]);
});

test('loadNext shows each conversation once, the latest first, and knows the end', async () => {
  const screen = show(environment(file), <Inbox />);
  await screen.sees(rows(latestFirst.slice(0, 3)));
  screen.click('More');
  await screen.sees(rows(latestFirst.slice(0, 6)));
  screen.click('More');
  await screen.sees(rows(latestFirst));
  expect(screen.shows('More')).toBe(false);
});

test('refetch with a filter begins a list of its own, which pages too', async () => {
  const screen = show(environment(file), <Inbox />);
  await screen.sees(rows(latestFirst.slice(0, 3)));
  screen.click('One contact');
  await screen.sees(rows(numbers.slice(1, 2)));
  expect(screen.shows('More')).toBe(false);
  screen.click('Unassigned');
  await screen.sees(rows(latestFirst.slice(0, 3)));
  screen.click('More');
  await screen.sees(rows(latestFirst.slice(0, 6)));
});
