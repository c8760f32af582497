import type { NewEvent } from '../../event/commands/write.ts';
import type { NewReaction } from './write/add-reactions.ts';
import type { NewMessage } from './write/insert-messages.ts';
import type { Change } from './write/message-change.ts';

interface Happened {
  recorded: readonly Pick<NewMessage, 'id' | 'conversationId'>[];
  retold: readonly { id: string; conversationId: string }[];
  changes: ReadonlyMap<string, Change>;
  reactions: readonly NewReaction[];
  /** Replies that found their target. */
  replies: readonly { id: string; conversationId: string }[];
  created: ReadonlySet<string>;
  changedConversations: ReadonlySet<string>;
}

/** What a batch tells its readers, in the order of its lines; what a message is recorded with is not told again. */
export function messageEvents({ recorded, retold, changes, reactions, replies, created, changedConversations }: Happened): NewEvent[] {
  const events: NewEvent[] = [];
  const untold = new Set(created);
  for (const { id, conversationId } of recorded) {
    if (untold.delete(conversationId)) events.push({ kind: 'CONVERSATION_CREATED', conversationId });
    events.push({ kind: 'MESSAGE_RECORDED', conversationId, messageId: id });
  }
  const reacted = new Set(reactions.map(({ messageId }) => messageId));
  const told = new Set(recorded.map(({ id }) => id));
  for (const { id, conversationId } of new Map(retold.map((each) => [each.id, each])).values()) {
    if (told.has(id)) continue;
    const change = changes.get(id);
    if (change?.status != null || change?.edit != null || reacted.has(id)) {
      told.add(id);
      events.push({ kind: 'MESSAGE_UPDATED', conversationId, messageId: id });
    }
    if (change?.deletedAt != null) events.push({ kind: 'MESSAGE_DELETED', conversationId, messageId: id });
    if (change?.redactedAt != null) events.push({ kind: 'MESSAGE_REDACTED', conversationId, messageId: id });
  }
  for (const { id, conversationId } of replies) {
    if (!told.has(id)) events.push({ kind: 'MESSAGE_UPDATED', conversationId, messageId: id });
  }
  for (const conversationId of changedConversations) {
    if (!created.has(conversationId)) events.push({ kind: 'CONVERSATION_UPDATED', conversationId });
  }
  return events;
}
