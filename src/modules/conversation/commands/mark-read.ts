import type { RequestDatabase } from '../../../database/database.ts';
import { writeEvents } from '../../event/commands/write.ts';
import { lockConversation } from '../store/lock.ts';
import { setFields } from '../store/set-fields.ts';

/**
 * Marks a conversation as read through a time: later inbound messages remain unread. The time never moves back, and it is at most now or the time of the latest
 * message, whichever is later, so that a client's wrong clock hides no future message. An event is written if the number of unread messages changed.
 * @param through null: now. @throws NOT_FOUND
 */
export async function markConversationRead(
  database: RequestDatabase,
  organizationId: string,
  id: string,
  through: Date | null,
): Promise<void> {
  await database.transaction(async (tx) => {
    const { readThrough, unreadCount, lastMessageAt } = await lockConversation(tx, organizationId, id);
    const now = Date.now();
    const newReadThrough = new Date(through === null ? now : Math.min(through.getTime(), Math.max(now, lastMessageAt.getTime())));
    if (readThrough !== null && newReadThrough <= readThrough) return;
    const [unread] = await tx.query<{ count: number }>({
      label: 'conversation_count_unread',
      text: `select count(*) from visible_messages
        where organization_id = $1 and conversation_id = $2 and direction = 'INBOUND' and created_at > $3`,
      values: [organizationId, id, newReadThrough],
    });
    await setFields(tx, organizationId, id, { readThrough: newReadThrough, unreadCount: unread?.count });
    if (unread?.count !== unreadCount) await writeEvents(tx, organizationId, [{ kind: 'CONVERSATION_UPDATED', conversationId: id }]);
  });
}
