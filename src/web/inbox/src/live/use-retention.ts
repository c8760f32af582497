import { useEffect } from 'react';
import { fetchQuery, graphql, useRelayEnvironment } from 'react-relay';
import type { useRetentionQuery } from './__generated__/useRetentionQuery.graphql.ts';

const everyMs = 60_000;

const query = graphql`
  query useRetentionQuery($after: String!) {
    changes(first: 1, after: $after, filter: { kinds: [RETENTION_CHANGED] }) {
      nodes { id }
    }
  }
`;

/** Loads the page again after the retention window changed: the content that it removed must disappear here too. No stream has this change. */
export function useRetention(after: string): void {
  const environment = useRelayEnvironment();
  useEffect(() => {
    const ask = async () => {
      if (document.visibilityState === 'hidden') return;
      // The stream of changes shows a failure.
      const answer = await fetchQuery<useRetentionQuery>(environment, query, { after })
        .toPromise()
        .catch(() => null);
      if (answer?.changes?.nodes.length) location.reload();
    };
    const timer = setInterval(ask, everyMs);
    document.addEventListener('visibilitychange', ask);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
    };
  }, [environment, after]);
}
