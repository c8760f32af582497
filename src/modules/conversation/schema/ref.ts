import { ConversationType } from '../../../generated/prisma/enums.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import type { Background, ConversationRow } from '../store/rows.ts';

export const ChatBackground = builder.objectRef<Background>('ChatBackground');
export const Conversation = builder.objectRef<ConversationRow>('Conversation');

export const ConversationEdge = builder.edgeObject({
  type: Conversation,
  name: 'ConversationEdge',
  description: 'A conversation and where it stands in the list.',
});

export const ConversationTypeEnum = builder.enumType('ConversationType', {
  description: 'Who takes part in a conversation.',
  values: {
    [ConversationType.PHONE]: { description: 'One of the organization’s numbers and one contact number.' },
    [ConversationType.DIRECT]: { description: 'Two people of the workplace.' },
    [ConversationType.GROUP]: { description: 'A group of people of the workplace.' },
  },
});
