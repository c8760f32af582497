import { encodeCursor } from '../../../values/cursor.ts';
import { messageOrdering } from '../store/listing.ts';
import type { MessageRow } from '../store/rows.ts';

const oldestFirst = messageOrdering(false);

/** Returns a message with its cursor in the default order of `Conversation.messages`; null for null. */
export function messageEdgeOf(node: MessageRow | null) {
  return node && { node, cursor: encodeCursor(oldestFirst, { time: node.createdAt, id: node.id }) };
}
