import { graphql, useFragment } from 'react-relay';
import type { conversationName_conversation$key } from './__generated__/conversationName_conversation.graphql.ts';

/** Returns the name that people know a conversation by: its title, its contact's name or address, or its first participants. */
export function useConversationName(conversation: conversationName_conversation$key): string {
  const { title, contactNumber, participants } = useFragment(
    graphql`
      fragment conversationName_conversation on Conversation {
        title
        contactNumber
        participants(first: 3) { nodes { name participantKind } }
      }
    `,
    conversation,
  );
  const people = participants?.nodes ?? [];
  const contact = people.find(({ participantKind }) => participantKind === 'CONTACT');
  return title ?? contact?.name ?? contactNumber ?? (people.map(({ name }) => name).join(', ') || 'Conversation');
}
