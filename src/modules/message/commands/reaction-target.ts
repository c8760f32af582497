import type { Transaction } from '../../../database/database.ts';
import { badInput, ParleyError } from '../../../errors.ts';
import { contactOf, type Party, reactionAuthor, type Setting } from '../ingest/parties/party.ts';
import { missingReactionAuthor } from '../ingest/read/contradictions.ts';
import type { MessageDraft } from '../ingest/read/message-draft.ts';
import type { ReactionDraft } from '../ingest/read/reaction-draft.ts';

/** The message of a reaction: its conversation, and the parties of the conversation. */
interface ReactionTarget {
  conversationId: string;
  setting: Setting;
}

/** Returns the visible message of a reaction. @throws NOT_FOUND */
export async function findReactionTarget(tx: Transaction, organizationId: string, messageId: string): Promise<ReactionTarget> {
  const [row] = await tx.query<{ conversationId: string; conversation: MessageDraft['conversation'] }>({
    label: 'reaction_target',
    text: `select m.conversation_id as "conversationId", case when c.type = 'PHONE'
        then json_build_object('type', c.type, 'phoneNumber', n.number, 'contactNumber', c.contact_number)
        else json_build_object('type', c.type, 'externalId', c.external_id, 'title', c.title) end as conversation
      from visible_messages m join conversations c on c.organization_id = $1 and c.id = m.conversation_id
      left join phone_numbers n on n.organization_id = $1 and n.id = c.phone_number_id
      where m.organization_id = $1 and m.id = $2`,
    values: [organizationId, messageId],
  });
  if (row === undefined) throw new ParleyError('NOT_FOUND', 'there is no such message');
  const { conversationId, conversation } = row;
  // A reaction has no agent, as a line without one.
  return { conversationId, setting: { conversation, agent: null } };
}

type Author = Pick<ReactionDraft, 'direction' | 'fromNumber'>;

/** Returns the author of a reaction. @throws BAD_USER_INPUT naming `field` if there is none */
export function findReactionAuthor<Person extends { externalId: string }>(
  { setting }: ReactionTarget,
  reaction: Author & { author: Person | null },
  field: string,
): Party<Person> {
  const { author, fromNumber, direction } = reaction;
  if (direction === 'INBOUND' && (author ?? fromNumber ?? contactOf(setting)) === null) throw badInput(field, missingReactionAuthor.reason);
  return reactionAuthor(setting, reaction);
}
