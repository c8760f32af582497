import { graphql, useFragment } from 'react-relay';
import { useAddress } from '../shared/address.ts';
import type { quote_message$key } from './__generated__/quote_message.graphql.ts';
import { useRedacted } from './use-redacted.ts';

/** The message that a message replies to, as a link to its place. */
export function Quote({ message }: { message: quote_message$key }) {
  const data = useFragment(
    graphql`
      fragment quote_message on Message {
        id
        body
        author { name }
        ...useRedacted_message
      }
    `,
    message,
  );
  const removed = useRedacted(data);
  const [, link] = useAddress();
  return (
    <a className="quote" href={link({ message: data.id })}>
      <span className="quote-author">{data.author.name}</span>
      <span className="quote-text">{removed ?? data.body ?? 'Media'}</span>
    </a>
  );
}
