import { graphql, useFragment } from 'react-relay';
import { useRedacted } from '../thread/use-redacted.ts';
import type { announcer_message$key } from './__generated__/announcer_message.graphql.ts';

/** Speaks the latest message of the open thread to screen readers. */
export function Announcer({ message }: { message: announcer_message$key | null }) {
  const data = useFragment(
    graphql`
      fragment announcer_message on Message {
        body
        author { name }
        ...useRedacted_message
      }
    `,
    message,
  );
  const removed = useRedacted(data);
  return (
    <p className="hidden" role="status">
      {data && removed === null && `${data.author.name}: ${data.body ?? ''}`}
    </p>
  );
}
