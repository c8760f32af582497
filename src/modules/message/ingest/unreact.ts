import type { Transaction } from '../../../database/database.ts';
import { writeEvents } from '../../event/commands/write.ts';
import { lockConversations } from './parties/ensure-conversations.ts';
import { findParticipants } from './parties/ensure-participants.ts';
import { partyKey, reactionAuthor } from './parties/party.ts';
import { checkAuthor, settingOf } from './react.ts';
import type { ReactionDraft } from './read/message-draft.ts';

/**
 * Removes the reaction of this type and author from a message. `createdAt` is the instant of the removal: a reaction that is later stays.
 * @returns whether there was one. @throws BAD_USER_INPUT, NOT_FOUND
 */
export async function unreact(tx: Transaction, organizationId: string, messageId: string, reaction: ReactionDraft): Promise<boolean> {
  const { conversationId, ...setting } = await settingOf(tx, organizationId, messageId);
  checkAuthor(setting, reaction, 'authorExternalId');
  const author = reactionAuthor(setting, reaction);
  await lockConversations(tx, organizationId, [conversationId]);
  const authorId = (await findParticipants(tx, organizationId, [author])).find(({ key }) => key === partyKey(author))?.id;
  if (authorId === undefined) return false;
  const removed = await tx.query({
    label: 'reaction_remove',
    // The removal is kept, so that a line that is recorded a second time does not bring the reaction back. An instant far ahead counts as now.
    text: `with removed as (
        delete from reactions where organization_id = $1::uuid and message_id = $2::uuid and author_id = $3::uuid and type = $4::text
          and created_at <= $5::timestamptz returning created_at),
      kept as (
        insert into removed_reactions as d (organization_id, message_id, author_id, type, removed_at)
        values ($1, $2, $3, $4, least($5, greatest(now(), (select created_at from removed))))
        on conflict (organization_id, message_id, author_id, type) do update set removed_at = greatest(d.removed_at, excluded.removed_at))
      select created_at from removed`,
    values: [organizationId, messageId, authorId, reaction.type, reaction.createdAt],
  });
  if (removed.length > 0) await writeEvents(tx, organizationId, [{ kind: 'MESSAGE_UPDATED', conversationId, messageId }]);
  return removed.length > 0;
}
