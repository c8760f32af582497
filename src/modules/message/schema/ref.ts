import { builder } from '../../../graphql/schema/builder.ts';
import { encodeCursor } from '../../../values/cursor.ts';
import { messageOrdering } from '../store/listing.ts';
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

const oldestFirst = messageOrdering(false);

/** Returns a message with its cursor in the default order of `Conversation.messages`; null for null. */
export function messageEdgeOf(node: MessageRow | null) {
  return node && { node, cursor: encodeCursor(oldestFirst, { time: node.createdAt, id: node.id }) };
}
