import type { RequestDatabase } from '../../../database/database.ts';
import { badInput } from '../../../errors.ts';
import { checkMetadata } from '../../../values/metadata.ts';
import { checkName, maxTitle } from '../../../values/name.ts';
import { writeEvents } from '../../event/commands/write.ts';
import { lockConversation } from '../store/lock.ts';
import { setColumns } from '../store/set-columns.ts';

/** What is absent stays as it is. */
interface ConversationChange {
  /** Replaces all that was kept; null clears it. */
  metadata?: Readonly<Record<string, unknown>> | null;
  /** 1 to 1,000 characters, of a workplace chat only; null clears it. */
  title?: string | null;
  archived?: boolean | null;
}

/** Changes what people and programs set on a conversation; as it is already: changes nothing and tells nobody. @throws BAD_USER_INPUT, NOT_FOUND */
export async function updateConversation(
  database: RequestDatabase,
  organizationId: string,
  id: string,
  { metadata, title, archived }: ConversationChange,
): Promise<void> {
  if (metadata != null) checkMetadata(metadata);
  if (title != null) checkName('title', title, maxTitle);
  await database.transaction(async (tx) => {
    const { type, archivedAt } = await lockConversation(tx, organizationId, id);
    if (title != null && type === 'PHONE') throw badInput('title', 'only a workplace chat has one');
    const changed = await setColumns(tx, organizationId, id, {
      title,
      metadata: metadata && JSON.stringify(metadata),
      archived_at: archived == null ? undefined : archived ? (archivedAt ?? new Date()) : null,
    });
    if (changed) await writeEvents(tx, organizationId, [{ kind: 'CONVERSATION_UPDATED', conversationId: id }]);
  });
}
