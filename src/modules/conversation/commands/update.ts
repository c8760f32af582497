import type { RequestDatabase, Transaction } from '../../../database/database.ts';
import { differences } from '../../../database/differences.ts';
import { badInput } from '../../../errors.ts';
import { checkMetadata } from '../../../values/metadata.ts';
import { checkName, maxTitle } from '../../../values/name.ts';
import { writeEvents } from '../../event/commands/write.ts';
import { lockConversation } from '../store/lock.ts';
import { setFields } from '../store/set-fields.ts';

/** An absent field stays unchanged. */
interface ConversationChange {
  /** Replaces the stored object; null clears it. */
  metadata?: Readonly<Record<string, unknown>> | null;
  /** 1 to 1,000 characters, of a workplace chat only; null clears it. */
  title?: string | null;
  archived?: boolean | null;
}

/** Changes the metadata, the title or the archived state of a conversation. Equal values change nothing and write no event. @throws BAD_USER_INPUT, NOT_FOUND */
export async function updateConversation(
  database: RequestDatabase,
  organizationId: string,
  id: string,
  { metadata, title, archived }: ConversationChange,
): Promise<void> {
  if (metadata != null) checkMetadata(metadata);
  if (title != null) checkName('title', title, maxTitle);
  await database.transaction(async (tx) => {
    const stored = await lockConversation(tx, organizationId, id);
    if (title != null && stored.type === 'PHONE') throw badInput('title', 'only a workplace chat has a title');
    const archivedAt = archived == null ? undefined : archived ? (stored.archivedAt ?? new Date()) : null;
    const changes = differences(stored, { title, archivedAt });
    if (changes !== null) await setFields(tx, organizationId, id, changes);
    const metadataChanged = metadata !== undefined && (await setMetadata(tx, organizationId, id, metadata));
    if (changes !== null || metadataChanged) await writeEvents(tx, organizationId, [{ kind: 'CONVERSATION_UPDATED', conversationId: id }]);
  });
}

/** @returns false if an equal object is already stored; the order of its keys does not matter */
async function setMetadata(tx: Transaction, organizationId: string, id: string, metadata: object | null): Promise<boolean> {
  const rows = await tx.query({
    label: 'conversation_set_metadata',
    text: `update conversations c set metadata = $3::jsonb
      where c.organization_id = $1 and c.id = $2 and c.metadata is distinct from $3::jsonb returning c.id`,
    values: [organizationId, id, metadata && JSON.stringify(metadata)],
  });
  return rows.length > 0;
}
