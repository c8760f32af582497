import type { NewEvent } from '../../event/commands/write.ts';
import type { NewReaction } from './write/add-reactions.ts';
import type { NewMessage } from './write/insert-messages.ts';
import type { Change } from './write/message-change.ts';

interface Placed {
  id: string;
  conversationId: string;
}

/** The changes of a batch. */
interface BatchChanges {
  recorded: readonly Pick<NewMessage, 'id' | 'conversationId'>[];
  /** Stored messages to which lines or updates of the batch belong, changed or not. */
  updated: readonly Placed[];
  changes: ReadonlyMap<string, Change>;
  reactions: readonly NewReaction[];
  /** Replies that were linked to their target. */
  replies: readonly Placed[];
  createdConversations: ReadonlySet<string>;
  changedConversations: ReadonlySet<string>;
}

/** Returns the events of a batch, in the order of its lines. A recorded message has one event only, even if its line also has reactions or a deletion. */
export function messageEvents(batch: BatchChanges): NewEvent[] {
  const events: NewEvent[] = [];
  const createdConversations = new Set(batch.createdConversations);
  for (const { id, conversationId } of batch.recorded) {
    if (createdConversations.delete(conversationId)) events.push({ kind: 'CONVERSATION_CREATED', conversationId });
    events.push({ kind: 'MESSAGE_RECORDED', conversationId, messageId: id });
  }
  const reacted = new Set(batch.reactions.map(({ messageId }) => messageId));
  /** Messages that need no MESSAGE_UPDATED. */
  const notified = new Set(batch.recorded.map(({ id }) => id));
  for (const { id, conversationId } of new Map(batch.updated.map((each) => [each.id, each])).values()) {
    if (notified.has(id)) continue;
    const change = batch.changes.get(id);
    if (change?.status != null || change?.edit != null || reacted.has(id)) {
      notified.add(id);
      events.push({ kind: 'MESSAGE_UPDATED', conversationId, messageId: id });
    }
    if (change?.deletedAt != null) events.push({ kind: 'MESSAGE_DELETED', conversationId, messageId: id });
    if (change?.redactedAt != null) events.push({ kind: 'MESSAGE_REDACTED', conversationId, messageId: id });
  }
  for (const { id, conversationId } of batch.replies) {
    if (!notified.has(id)) events.push({ kind: 'MESSAGE_UPDATED', conversationId, messageId: id });
  }
  for (const conversationId of batch.changedConversations) {
    if (!batch.createdConversations.has(conversationId)) events.push({ kind: 'CONVERSATION_UPDATED', conversationId });
  }
  return events;
}
