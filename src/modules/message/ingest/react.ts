import type { Transaction } from '../../../database/database.ts';
import { known } from '../../../database/ensure-rows.ts';
import { badInput, ParleyError } from '../../../errors.ts';
import { tellOfParties } from '../../event/commands/tell-of-parties.ts';
import { writeEvents } from '../../event/commands/write.ts';
import { addReactions } from './add-reactions.ts';
import { authorlessReaction } from './contradictions.ts';
import { ensureCast } from './ensure-cast.ts';
import { lockConversations } from './ensure-conversations.ts';
import type { IncomingMessage, IncomingReaction } from './incoming-message.ts';
import { keepFacts } from './keep-facts.ts';
import { contactOf, partyKey, reactionAuthor, type Setting } from './parties.ts';

/** Adds a reaction to a message that is there, as a line that tells of both would. @returns whether it was missing. @throws BAD_USER_INPUT, NOT_FOUND */
export async function react(tx: Transaction, organizationId: string, messageId: string, reaction: IncomingReaction): Promise<boolean> {
  const { conversationId, ...setting } = await settingOf(tx, organizationId, messageId);
  checkAuthor(setting, reaction, authorlessReaction.path);
  // In the order of ingestion.
  const cast = await ensureCast(tx, organizationId, [], [{ message: { ...setting, reactions: [reaction] } }]);
  await lockConversations(tx, organizationId, [conversationId]);
  const authorId = known(cast.participantIds, partyKey(reactionAuthor(setting, reaction)));
  const added = await addReactions(tx, organizationId, [{ messageId, conversationId, authorId, reaction }]);
  const facts = await keepFacts(tx, organizationId, [], added, { ...cast, phoneNumberIds: new Map() });
  if (added.length > 0) await writeEvents(tx, organizationId, [{ kind: 'MESSAGE_UPDATED', conversationId, messageId }]);
  await tellOfParties(tx, organizationId, facts);
  return added.length > 0;
}

/** Refuses a reaction that is nobody's. @throws BAD_USER_INPUT naming `field` */
export function checkAuthor(setting: Setting, { author, fromNumber, direction }: IncomingReaction, field: string): void {
  if (direction === 'INBOUND' && (author ?? fromNumber ?? contactOf(setting)) === null) throw badInput(field, authorlessReaction.reason);
}

/** Returns the conversation of a message and its parties. @throws NOT_FOUND */
export async function settingOf(tx: Transaction, organizationId: string, messageId: string): Promise<Setting & { conversationId: string }> {
  const [row] = await tx.query<{ conversationId: string; conversation: IncomingMessage['conversation'] }>({
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
