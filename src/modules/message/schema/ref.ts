import { builder } from '../../../graphql/schema/builder.ts';
import type { AttachmentRow, MessageRow, ReactionRow } from '../store/rows.ts';

export const Message = builder.objectRef<MessageRow>('Message');
export const Attachment = builder.objectRef<AttachmentRow>('Attachment');
export const Reaction = builder.objectRef<ReactionRow>('Reaction');

export const MessageEdge = builder.edgeObject({
  type: Message,
  name: 'MessageEdge',
  description: 'A message and its cursor.',
});

export const MessageConnection = builder.connectionObject(
  { type: Message, name: 'MessageConnection', description: 'A page of messages.' },
  MessageEdge,
);
