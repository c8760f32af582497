import type { RequestDatabase, Transaction } from '../../../database/database.ts';
import { mustGet } from '../../../database/ensure-rows.ts';
import { writeEvents } from '../../event/commands/write.ts';
import { writePartyEvents } from '../../event/commands/write-party-events.ts';
import { applyDetails } from '../ingest/count/apply-details.ts';
import { lockConversations } from '../ingest/parties/ensure-conversations.ts';
import { ensureParties } from '../ingest/parties/ensure-parties.ts';
import { partyKey } from '../ingest/parties/party.ts';
import type { ReactionDraft } from '../ingest/read/reaction-draft.ts';
import { addReactions } from '../ingest/write/add-reactions.ts';
import { findReactionAuthor, findReactionTarget } from './reaction-target.ts';

/** Adds a reaction to a message by the steps of `ingest`. @returns false if the message already has it, or if it was removed at or after its time. @throws BAD_USER_INPUT, NOT_FOUND */
export function addReaction(
  database: RequestDatabase,
  organizationId: string,
  messageId: string,
  reaction: ReactionDraft,
): Promise<boolean> {
  return database.transaction((tx) => addReactionIn(tx, organizationId, messageId, reaction));
}

/** As `addReaction`, within a transaction that ingests nothing else. */
export async function addReactionIn(tx: Transaction, organizationId: string, messageId: string, reaction: ReactionDraft): Promise<boolean> {
  const target = await findReactionTarget(tx, organizationId, messageId);
  const { conversationId, setting } = target;
  const author = findReactionAuthor(target, reaction, 'author');
  const parties = await ensureParties(tx, organizationId, [], [{ message: { ...setting, reactions: [reaction] } }]);
  await lockConversations(tx, organizationId, [conversationId]);
  const authorId = mustGet(parties.participantIds, partyKey(author));
  const added = await addReactions(tx, organizationId, [{ messageId, conversationId, authorId, reaction }]);
  const details = await applyDetails(tx, organizationId, [], added, { ...parties, phoneNumberIds: new Map() });
  if (added.length > 0) await writeEvents(tx, organizationId, [{ kind: 'MESSAGE_UPDATED', conversationId, messageId }]);
  await writePartyEvents(tx, organizationId, details);
  return added.length > 0;
}
