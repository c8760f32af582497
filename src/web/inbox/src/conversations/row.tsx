import { graphql, useFragment } from 'react-relay';
import { useTypist } from '../live/typing.tsx';
import { useAddress } from '../shared/address.ts';
import { Avatar } from '../shared/avatar.tsx';
import { useConversationName } from '../shared/conversation-name.ts';
import { briefly } from '../shared/times.ts';
import { useRedacted } from '../thread/use-redacted.ts';
import type { row_conversation$data, row_conversation$key } from './__generated__/row_conversation.graphql.ts';

/** A conversation in the list, as a link that opens it. */
export function Row({ conversation }: { conversation: row_conversation$key }) {
  const data = useFragment(
    graphql`
      fragment row_conversation on Conversation {
        id
        lastMessageAt
        lastMessagePreview
        unreadCount
        phoneNumber { e164 }
        lastMessage { direction mediaUrls attachments { id } ...useRedacted_message }
        ...conversationName_conversation
      }
    `,
    conversation,
  );
  const name = useConversationName(data);
  const [address, link] = useAddress();
  const typist = useTypist(data.id);
  const removed = useRedacted(data.lastMessage);
  const { id, lastMessageAt, unreadCount, phoneNumber } = data;
  return (
    <li>
      <a className="row" href={link({ conversation: id, message: '' })} aria-current={address.conversation === id ? 'true' : undefined}>
        <Avatar name={name} />
        <span className="row-text">
          <span className="row-top">
            <span className="row-name">{name}</span>
            <time dateTime={lastMessageAt}>{briefly(lastMessageAt)}</time>
          </span>
          <span className="row-bottom">
            <span className={`row-preview${typist === null ? '' : ' typing'}`}>
              {typist === null ? (removed ?? preview(data)) : `${typist} is typing…`}
            </span>
            {unreadCount > 0 && (
              <span className="badge">
                {unreadCount > 999 ? '999+' : unreadCount}
                <span className="hidden"> unread</span>
              </span>
            )}
          </span>
          {phoneNumber != null && <span className="row-number">to {phoneNumber.e164}</span>}
        </span>
      </a>
    </li>
  );
}

function preview({ lastMessage, lastMessagePreview }: row_conversation$data): string {
  const from = lastMessage?.direction === 'OUTBOUND' ? 'You: ' : '';
  if (lastMessagePreview != null) return from + lastMessagePreview;
  return lastMessage != null && lastMessage.mediaUrls.length + lastMessage.attachments.length > 0 ? `${from}Media` : '';
}
