import { useEffect, useState } from 'react';
import { graphql, useFragment } from 'react-relay';
import { instantOf } from '../shared/times.ts';
import type { useRedacted_message$key } from './__generated__/useRedacted_message.graphql.ts';

// The longest time that a browser's timer can wait, 24 days.
const longestTimer = 2 ** 31 - 1;

/**
 * Returns the words that replace the content of a redacted or deleted message; null if the content may be shown. The retention window redacts without an event,
 * at a time that the message names, so the content disappears at that time.
 */
export function useRedacted(message: useRedacted_message$key | null | undefined): string | null {
  const data = useFragment(
    graphql`
      fragment useRedacted_message on Message {
        redactedAt
        deletedAt
        redactsAt
      }
    `,
    message,
  );
  const { redactedAt, deletedAt, redactsAt } = data ?? {};
  const [, showAgain] = useState(0);
  const remaining = redactsAt == null ? Number.POSITIVE_INFINITY : Date.parse(redactsAt) - Date.now();
  useEffect(() => {
    if (remaining <= 0 || remaining > longestTimer) return;
    const timer = setTimeout(() => showAgain(Date.now()), remaining);
    return () => clearTimeout(timer);
  }, [remaining]);

  if (deletedAt != null) return `Deleted on ${instantOf(deletedAt)}`;
  if (redactedAt != null) return `Redacted on ${instantOf(redactedAt)}`;
  return redactsAt != null && remaining <= 0 ? `Redacted on ${instantOf(redactsAt)}` : null;
}
