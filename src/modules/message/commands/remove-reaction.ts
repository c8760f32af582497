import type { RequestDatabase } from '../../../database/database.ts';
import { writeEvents } from '../../event/commands/write.ts';
import { lockConversations } from '../ingest/parties/ensure-conversations.ts';
import { findParticipants } from '../ingest/parties/ensure-participants.ts';
import { partyKey } from '../ingest/parties/party.ts';
import type { RemovalDraft } from '../ingest/read/reaction-draft.ts';
import { findReactionAuthor, findReactionTarget } from './reaction-target.ts';

/** Removes the reaction of a type and an author from a message, unless the reaction was made later than the removal. @returns true if there was one. @throws BAD_USER_INPUT, NOT_FOUND */
export async function removeReaction(
  database: RequestDatabase,
  organizationId: string,
  messageId: string,
  removal: RemovalDraft,
): Promise<boolean> {
  return database.transaction(async (tx) => {
    const target = await findReactionTarget(tx, organizationId, messageId);
    const { conversationId } = target;
    const author = findReactionAuthor(target, removal, 'authorExternalId');
    await lockConversations(tx, organizationId, [conversationId]);
    const authorId = (await findParticipants(tx, organizationId, [author])).find(({ key }) => key === partyKey(author))?.id;
    if (authorId === undefined) return false;
    const removed = await tx.query({
      label: 'reaction_remove',
      // The removal is stored: if the line is recorded a second time, the reaction must not come back. A time in the future counts as now.
      text: `with removed as (
          delete from reactions where organization_id = $1::uuid and message_id = $2::uuid and author_id = $3::uuid and type = $4::text
            and created_at <= $5::timestamptz returning created_at),
        kept as (
          insert into removed_reactions as d (organization_id, message_id, author_id, type, removed_at)
          values ($1, $2, $3, $4, least($5, greatest(now(), (select created_at from removed))))
          on conflict (organization_id, message_id, author_id, type) do update set removed_at = greatest(d.removed_at, excluded.removed_at))
        select created_at from removed`,
      values: [organizationId, messageId, authorId, removal.type, removal.removedAt],
    });
    if (removed.length > 0) await writeEvents(tx, organizationId, [{ kind: 'MESSAGE_UPDATED', conversationId, messageId }]);
    return removed.length > 0;
  });
}
