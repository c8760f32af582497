import { graphql, useFragment } from 'react-relay';
import { go, useAddress } from '../shared/address.ts';
import { Avatar } from '../shared/avatar.tsx';
import { useConversationName } from '../shared/conversation-name.ts';
import type { header_conversation$key } from './__generated__/header_conversation.graphql.ts';
import { MarkRead } from './mark-read.tsx';

/** The conversation's name, and the verbs that it offers. */
export function Header({ conversation }: { conversation: header_conversation$key }) {
  const data = useFragment(
    graphql`
      fragment header_conversation on Conversation {
        contactNumber
        phoneNumber { e164 }
        messageCount
        ...conversationName_conversation
        ...markRead_conversation
      }
    `,
    conversation,
  );
  const name = useConversationName(data);
  const [address, link] = useAddress();
  const { contactNumber, phoneNumber, messageCount } = data;
  const parts = [
    contactNumber !== name && contactNumber,
    phoneNumber && `at ${phoneNumber.e164}`,
    `${messageCount.toLocaleString()} messages`,
  ];
  return (
    <header className="thread-header">
      <a className="back" href={link({ conversation: '', message: '' })} aria-label="Back to the list">
        ‹
      </a>
      <Avatar name={name} />
      <div className="thread-title">
        <h1>{name}</h1>
        <p>{parts.filter(Boolean).join(' · ')}</p>
      </div>
      <MarkRead conversation={data} />
      <button
        type="button"
        aria-expanded={address.details === 'yes'}
        aria-controls="details"
        onClick={() => go({ details: address.details === 'yes' ? '' : 'yes' }, { replace: true })}
      >
        Details
      </button>
    </header>
  );
}
