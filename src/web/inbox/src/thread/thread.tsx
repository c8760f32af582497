import { useState } from 'react';
import { graphql, useLazyLoadQuery } from 'react-relay';
import { useTypist } from '../live/typing.tsx';
import type { threadQuery } from './__generated__/threadQuery.graphql.ts';
import { Header } from './header.tsx';
import { Messages } from './messages.tsx';

interface Props {
  /** Global id of the conversation. */
  id: string;
  /** Global id of the message to open the thread at; null: its end. */
  around: string | null;
  /** The text of the search that found the message; empty without one. */
  search: string;
  /** A new value loads the thread again. */
  fetchKey: string;
}

const pageSize = 50;

/** The messages of one conversation. */
export function Thread({ id, around, search, fetchKey }: Props) {
  // The search goes on beside an open thread, which keeps the marks that it was opened with.
  const [words] = useState(around === null ? '' : search);
  const { conversation, target } = useLazyLoadQuery<threadQuery>(
    graphql`
      query threadQuery($id: ID!, $first: Int, $last: Int, $around: ID, $target: ID!, $hasTarget: Boolean!, $search: String) {
        conversation(id: $id) {
          ...header_conversation
          ...messages_conversation @arguments(first: $first, last: $last, around: $around)
        }
        target: node(id: $target) @include(if: $hasTarget) {
          ... on Message { id highlights(query: $search) { offset length } }
        }
      }
    `,
    {
      id,
      ...(around === null ? { last: pageSize } : { first: pageSize, around }),
      target: around ?? id,
      hasTarget: around !== null,
      search: words || null,
    },
    { fetchKey, fetchPolicy: 'network-only' },
  );
  const typist = useTypist(id);
  if (conversation == null) return <p className="empty">This conversation does not exist.</p>;
  return (
    <>
      <Header conversation={conversation} />
      <Messages conversation={conversation} target={around} marks={target?.highlights ?? []} />
      <p className="typing-line" role="status">
        {typist !== null && `${typist} is typing…`}
      </p>
    </>
  );
}
