import { graphql, useFragment } from 'react-relay';
import { useAddress } from '../shared/address.ts';
import { useConversationName } from '../shared/conversation-name.ts';
import { briefly } from '../shared/times.ts';
import { Marked } from '../thread/text.tsx';
import { useRedacted } from '../thread/use-redacted.ts';
import type { hit_message$key } from './__generated__/hit_message.graphql.ts';

/** The number of code units before the first match, and in all, that a hit shows. */
const before = 40;
const shown = 160;

/** A found message with the parts that match, as a link that opens its thread at it. */
export function Hit({ message }: { message: hit_message$key }) {
  const data = useFragment(
    graphql`
      fragment hit_message on Message @argumentDefinitions(search: { type: "String" }) {
        id
        body
        createdAt
        author { name }
        highlights(query: $search) { offset length }
        conversation { id ...conversationName_conversation }
        ...useRedacted_message
      }
    `,
    message,
  );
  const name = useConversationName(data.conversation);
  const removed = useRedacted(data);
  const [address, link] = useAddress();
  const { id, author, createdAt, highlights, conversation } = data;
  const body = data.body ?? '';
  const from = wordStart(body, Math.max(0, (highlights[0]?.offset ?? 0) - before));
  const to = whole(body, Math.min(body.length, from + shown));
  return (
    <li>
      <a
        className="row"
        href={link({ conversation: conversation.id, message: id })}
        aria-current={address.message === id ? 'true' : undefined}
      >
        <span className="row-text">
          <span className="row-top">
            <span className="row-name">{name}</span>
            <time dateTime={createdAt}>{briefly(createdAt)}</time>
          </span>
          <span className="row-snippet">
            {removed ?? (
              <>
                {author.name !== name && `${author.name}: `}
                {from > 0 && '…'}
                <Marked body={body} marks={highlights} from={from} to={to} />
                {to < body.length && '…'}
              </>
            )}
          </span>
        </span>
      </a>
    </li>
  );
}

/** Returns the start of the next word, so that no word and no emoji is cut. */
function wordStart(body: string, from: number): number {
  if (from === 0) return 0;
  const space = body.indexOf(' ', from);
  return space === -1 || space > from + before ? whole(body, from) : space + 1;
}

/** Returns the position, or the one after it if it is between the two code units of a character. */
function whole(body: string, at: number): number {
  return (body.charCodeAt(at) & 0xfc00) === 0xdc00 ? at + 1 : at;
}
