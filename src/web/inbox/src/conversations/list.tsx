import { useCallback, useMemo, useTransition } from 'react';
import { graphql, useLazyLoadQuery, usePaginationFragment } from 'react-relay';
import type { list_query$key } from './__generated__/list_query.graphql.ts';
import type { listPageQuery } from './__generated__/listPageQuery.graphql.ts';
import type { ConversationFilter, listQuery } from './__generated__/listQuery.graphql.ts';
import { moveFocus } from './move-focus.ts';
import { Row } from './row.tsx';

interface Props {
  filter: ConversationFilter | null;
  /** A new value loads the list again. */
  fetchKey: string;
}

/** The conversations that match the filter, the latest message first. */
export function ConversationList({ filter, fetchKey }: Props) {
  const query = useLazyLoadQuery<listQuery>(
    graphql`
      query listQuery($filter: ConversationFilter) {
        ...list_query @arguments(filter: $filter)
      }
    `,
    { filter },
    { fetchKey, fetchPolicy: 'store-and-network' },
  );
  return <Rows query={query} />;
}

function Rows({ query }: { query: list_query$key }) {
  const { data, hasNext, loadNext, isLoadingNext } = usePaginationFragment<listPageQuery, list_query$key>(
    graphql`
      fragment list_query on Query
      @refetchable(queryName: "listPageQuery")
      @argumentDefinitions(count: { type: "Int", defaultValue: 30 }, cursor: { type: "String" }, filter: { type: "ConversationFilter" }) {
        conversations(first: $count, after: $cursor, filter: $filter) @connection(key: "list_conversations", filters: ["filter"]) {
          edges {
            node { id lastMessageAt ...row_conversation }
          }
        }
      }
    `,
    query,
  );
  const [, startTransition] = useTransition();
  // A new message moves its conversation: the store keeps the order of the pages.
  const rows = useMemo(() => {
    const nodes = (data.conversations?.edges ?? []).map(({ node }) => node).filter((node) => node != null);
    return nodes.toSorted((a, b) => Date.parse(b.lastMessageAt) - Date.parse(a.lastMessageAt));
  }, [data.conversations]);

  const end = useCallback(
    (element: HTMLElement | null) => {
      if (element === null) return;
      const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && startTransition(() => void loadNext(30)), {
        rootMargin: '600px',
      });
      observer.observe(element);
      return () => observer.disconnect();
    },
    [loadNext],
  );

  if (rows.length === 0) return <p className="empty">No conversation matches.</p>;
  return (
    <nav aria-label="Conversations" className="scroller">
      <ul className="rows" onKeyDown={moveFocus}>
        {rows.map((node) => (
          <Row key={node.id} conversation={node} />
        ))}
      </ul>
      {hasNext && !isLoadingNext && <div ref={end} />}
      {isLoadingNext && (
        <p className="loading" role="status">
          Loading…
        </p>
      )}
    </nav>
  );
}
