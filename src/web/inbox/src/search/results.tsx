import { graphql, useLazyLoadQuery, usePaginationFragment } from 'react-relay';
import { moveFocus } from '../conversations/move-focus.ts';
import type { results_query$key } from './__generated__/results_query.graphql.ts';
import type { resultsPageQuery } from './__generated__/resultsPageQuery.graphql.ts';
import type { resultsQuery } from './__generated__/resultsQuery.graphql.ts';
import { Hit } from './hit.tsx';

/** The messages that a search finds, the newest first. */
export function Results({ search, fetchKey }: { search: string; fetchKey: string }) {
  const query = useLazyLoadQuery<resultsQuery>(
    graphql`
      query resultsQuery($search: String!) {
        ...results_query @arguments(search: $search)
      }
    `,
    { search },
    { fetchKey, fetchPolicy: 'network-only' },
  );
  return <Hits query={query} />;
}

function Hits({ query }: { query: results_query$key }) {
  const { data, hasNext, loadNext, isLoadingNext } = usePaginationFragment<resultsPageQuery, results_query$key>(
    graphql`
      fragment results_query on Query
      @refetchable(queryName: "resultsPageQuery")
      @argumentDefinitions(count: { type: "Int", defaultValue: 25 }, cursor: { type: "String" }, search: { type: "String!" }) {
        searchMessages(query: $search, first: $count, after: $cursor) @connection(key: "results_searchMessages", filters: ["query"]) {
          totalCount
          edges {
            node { id ...hit_message @arguments(search: $search) }
          }
        }
      }
    `,
    query,
  );
  const { edges = [], totalCount = 0 } = data.searchMessages ?? {};
  // A message that no longer exists leaves an edge without a node.
  const nodes = edges.map(({ node }) => node).filter((node) => node != null);
  return (
    <nav aria-label="Found messages" className="scroller">
      <p className="hint found" role="status">
        {totalCount === 1 ? '1 message' : `${totalCount === 10_000 ? 'At least ' : ''}${totalCount.toLocaleString()} messages`}
      </p>
      <ul className="rows" onKeyDown={moveFocus}>
        {nodes.map((node) => (
          <Hit key={node.id} message={node} />
        ))}
      </ul>
      {hasNext && (
        <button type="button" className="more" disabled={isLoadingNext} onClick={() => loadNext(25)}>
          {isLoadingNext ? 'Loading…' : 'More messages'}
        </button>
      )}
    </nav>
  );
}
