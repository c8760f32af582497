import { encodeCursor, orderings } from '../../../values/cursor.ts';
import type { ConversationRow } from '../store/rows.ts';

const latestFirst = { mark: orderings.conversationLastMessageAt, descending: true };

/** Returns a conversation with its cursor in the default order of `conversations`; null for null. */
export function conversationEdgeOf(node: ConversationRow | null) {
  return node && { node, cursor: encodeCursor(latestFirst, { time: node.lastMessageAt, id: node.id }) };
}
