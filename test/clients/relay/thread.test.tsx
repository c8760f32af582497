// A thread with react-relay: opened at a hit, paged both ways, and followed.
import { graphql, useLazyLoadQuery, useMutation, usePaginationFragment, useSubscription } from 'react-relay';
import { expect, test, vi } from 'vitest';
import { messageInput, record, thread } from '../support/gateway.ts';
import type { thread_conversation$key } from './__generated__/thread_conversation.graphql.ts';
import type { threadPageQuery } from './__generated__/threadPageQuery.graphql.ts';
import type { threadQuery } from './__generated__/threadQuery.graphql.ts';
import type { threadRecordedSubscription } from './__generated__/threadRecordedSubscription.graphql.ts';
import type { threadRecordMutation } from './__generated__/threadRecordMutation.graphql.ts';
import { environment, show, type Transport } from './screen.tsx';

const file = 'relay/thread';

interface Shown {
  id: string;
  contactNumber: string;
  /** The message that the thread is opened at; null: the end. */
  around?: string;
  live?: boolean;
}

function Thread({ id, around, ...shown }: Shown) {
  const { conversation, changes } = useLazyLoadQuery<threadQuery>(
    graphql`
      query threadQuery($id: ID!, $first: Int, $last: Int, $around: ID) {
        conversation(id: $id) { ...thread_conversation @arguments(first: $first, last: $last, around: $around) }
        changes(first: 1) { latestCursor }
      }
    `,
    around === undefined ? { id, last: 5 } : { id, first: 5, around },
  );
  if (conversation == null || changes == null) throw new Error('The conversation is not shown');
  return <Messages conversation={conversation} id={id} after={changes.latestCursor} {...shown} />;
}

interface Loaded extends Omit<Shown, 'around'> {
  conversation: thread_conversation$key;
  /** Every event after this cursor is new. */
  after: string;
}

function Messages({ conversation, id, after, contactNumber, live }: Loaded) {
  const { data, loadNext, loadPrevious, hasNext, hasPrevious } = usePaginationFragment<threadPageQuery, thread_conversation$key>(
    graphql`
      fragment thread_conversation on Conversation
      @refetchable(queryName: "threadPageQuery")
      @argumentDefinitions(
        first: { type: "Int" }
        after: { type: "String" }
        last: { type: "Int" }
        before: { type: "String" }
        around: { type: "ID" }
      ) {
        messages(first: $first, after: $after, last: $last, before: $before, around: $around)
          @connection(key: "thread_messages", filters: []) {
          __id
          edges { node { id body status } }
        }
      }
    `,
    conversation,
  );
  const connections = data.messages ? [data.messages.__id] : [];
  return (
    <>
      {hasPrevious && (
        <button type="button" onClick={() => loadPrevious(4)}>
          Earlier
        </button>
      )}
      <ol>
        {data.messages?.edges.map(({ node }) => (
          <li key={node.id}>{node.body}</li>
        ))}
      </ol>
      {hasNext && (
        <button type="button" onClick={() => loadNext(4)}>
          Later
        </button>
      )}
      <Composer contactNumber={contactNumber} connections={connections} />
      {live && <Follower id={id} after={after} connections={connections} />}
    </>
  );
}

function Composer({ contactNumber, connections }: { contactNumber: string; connections: string[] }) {
  const [commit] = useMutation<threadRecordMutation>(graphql`
    mutation threadRecordMutation($input: RecordMessagesInput!, $connections: [ID!]!) {
      recordMessages(input: $input) {
        results { code messageEdge @appendEdge(connections: $connections) { node { id body status } } }
      }
    }
  `);
  const send = (message: object, body: string) =>
    commit({
      variables: { input: { messages: [{ ...messageInput(contactNumber, body), ...message }] }, connections },
      optimisticResponse: {
        recordMessages: { results: [{ code: null, messageEdge: { node: { id: `new ${body}`, body: `${body} …`, status: null } } }] },
      },
    });
  return (
    <>
      <button type="button" onClick={() => send({}, 'sent')}>
        Send
      </button>
      <button type="button" onClick={() => send({ status: 'DELIVERED' }, 'refused')}>
        Send what is refused
      </button>
    </>
  );
}

function Follower(variables: { id: string; after: string; connections: string[] }) {
  useSubscription<threadRecordedSubscription>({
    subscription: graphql`
      subscription threadRecordedSubscription($id: ID!, $after: String!, $connections: [ID!]!) {
        messageRecorded(conversationId: $id, after: $after) {
          messageEdge @appendEdge(connections: $connections) { node { id body status } }
        }
      }
    `,
    variables,
  });
  return null;
}

let contacts = 0;

/** A conversation of 20 messages, opened at its end, or around one of them. */
async function open({ at, live, transport }: { at?: number; live?: boolean; transport?: Transport } = {}) {
  contacts += 1;
  const contactNumber = `+155500030${String(contacts).padStart(2, '0')}`;
  const { conversation, messages } = await record(file, contactNumber, thread(0, 19));
  const around = at === undefined ? undefined : messages[at]?.id;
  const screen = show(
    environment(file, transport),
    <Thread id={conversation.id} contactNumber={contactNumber} around={around} live={live} />,
  );
  return { screen, record: (...bodies: string[]) => record(file, contactNumber, bodies) };
}

test('opened around a hit, loadPrevious and loadNext continue it to both ends', async () => {
  const { screen } = await open({ at: 9 });
  await screen.sees(thread(7, 11));
  screen.click('Earlier');
  await screen.sees(thread(3, 11));
  screen.click('Later');
  await screen.sees(thread(3, 15));
  screen.click('Earlier');
  await screen.sees(thread(0, 15));
  expect(screen.shows('Earlier')).toBe(false);
  screen.click('Later');
  await screen.sees(thread(0, 19));
  expect([screen.shows('Earlier'), screen.shows('Later')]).toEqual([false, false]);
});

test('opened at its end, loadPrevious shows each message once', async () => {
  const { screen } = await open();
  await screen.sees(thread(15, 19));
  expect(screen.shows('Later')).toBe(false);
  for (const from of [11, 7, 3, 0]) {
    screen.click('Earlier');
    await screen.sees(thread(from, 19));
  }
  expect(screen.shows('Earlier')).toBe(false);
});

test('a recorded message is shown at once, then as it was recorded: once, by @appendEdge', async () => {
  const { screen } = await open();
  await screen.sees(thread(15, 19));
  screen.click('Send');
  await screen.sees([...thread(15, 19), 'sent']);
  expect(screen.seen()).toEqual([thread(15, 19), [...thread(15, 19), 'sent …'], [...thread(15, 19), 'sent']]);
  screen.click('Earlier');
  await screen.sees([...thread(11, 19), 'sent']);
});

test('a message that is refused is shown until the answer', async () => {
  const { screen } = await open();
  await screen.sees(thread(15, 19));
  screen.click('Send what is refused');
  await vi.waitFor(() => expect(screen.seen()).toEqual([thread(15, 19), [...thread(15, 19), 'refused …'], thread(15, 19)]));
});

test.each<Transport>(['server-sent events', 'WebSocket'])('live messages are appended in order by @appendEdge: %s', async (transport) => {
  const { screen, record } = await open({ live: true, transport });
  await screen.sees(thread(15, 19));
  await record('live 1', 'live 2');
  await screen.sees([...thread(15, 19), 'live 1', 'live 2']);
  await record('live 3');
  await screen.sees([...thread(15, 19), 'live 1', 'live 2', 'live 3']);
  screen.click('Earlier');
  await screen.sees([...thread(11, 19), 'live 1', 'live 2', 'live 3']);
});

test('a message of its own that comes back as an event is shown once', async () => {
  const { screen, record } = await open({ live: true });
  await screen.sees(thread(15, 19));
  screen.click('Send');
  await screen.sees([...thread(15, 19), 'sent']);
  // Events come in order: that of the first message is there before this one.
  await record('later');
  await screen.sees([...thread(15, 19), 'sent', 'later']);
});
