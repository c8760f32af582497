import type { Transaction } from '../../../database/database.ts';
import { known } from '../../../database/ensure-rows.ts';
import { badInput, ParleyError } from '../../../errors.ts';
import { writeEvents } from '../../event/commands/write.ts';
import { writePartyEvents } from '../../event/commands/write-party-events.ts';
import { applyDetails } from './count/apply-details.ts';
import { lockConversations } from './parties/ensure-conversations.ts';
import { ensureParties } from './parties/ensure-parties.ts';
import { contactOf, partyKey, reactionAuthor, type Setting } from './parties/party.ts';
import { authorlessReaction } from './read/contradictions.ts';
import type { MessageDraft, ReactionDraft } from './read/message-draft.ts';
import { addReactions } from './write/add-reactions.ts';

/** Adds a reaction to a message that is there, as a line that tells of both would. @returns whether it was missing. @throws BAD_USER_INPUT, NOT_FOUND */
export async function react(tx: Transaction, organizationId: string, messageId: string, reaction: ReactionDraft): Promise<boolean> {
  const { conversationId, ...setting } = await settingOf(tx, organizationId, messageId);
  checkAuthor(setting, reaction, authorlessReaction.path);
  // In the order of ingestion.
  const cast = await ensureParties(tx, organizationId, [], [{ message: { ...setting, reactions: [reaction] } }]);
  await lockConversations(tx, organizationId, [conversationId]);
  const authorId = known(cast.participantIds, partyKey(reactionAuthor(setting, reaction)));
  const added = await addReactions(tx, organizationId, [{ messageId, conversationId, authorId, reaction }]);
  const facts = await applyDetails(tx, organizationId, [], added, { ...cast, phoneNumberIds: new Map() });
  if (added.length > 0) await writeEvents(tx, organizationId, [{ kind: 'MESSAGE_UPDATED', conversationId, messageId }]);
  await writePartyEvents(tx, organizationId, facts);
  return added.length > 0;
}

/** Refuses a reaction that is nobody's. @throws BAD_USER_INPUT naming `field` */
export function checkAuthor(setting: Setting, { author, fromNumber, direction }: ReactionDraft, field: string): void {
  if (direction === 'INBOUND' && (author ?? fromNumber ?? contactOf(setting)) === null) throw badInput(field, authorlessReaction.reason);
}

/** Returns the conversation of a message and its parties. @throws NOT_FOUND */
export async function settingOf(tx: Transaction, organizationId: string, messageId: string): Promise<Setting & { conversationId: string }> {
  const [row] = await tx.query<{ conversationId: string; conversation: MessageDraft['conversation'] }>({
    label: 'react_setting',
    text: `select m.conversation_id as "conversationId", case when c.type = 'PHONE'
        then json_build_object('type', c.type, 'phoneNumber', n.number, 'contactNumber', c.contact_number)
        else json_build_object('type', c.type, 'externalId', c.external_id, 'title', c.title) end as conversation
      from visible_messages m join conversations c on c.organization_id = $1 and c.id = m.conversation_id
      left join phone_numbers n on n.organization_id = $1 and n.id = c.phone_number_id
      where m.organization_id = $1 and m.id = $2`,
    values: [organizationId, messageId],
  });
  if (row === undefined) throw new ParleyError('NOT_FOUND', 'there is no such message');
  // No agent is told of, as on a line without one.
  return { ...row, agent: null };
}
