import type { Transaction } from '../../../database/database.ts';
import { mustGet } from '../../../database/ensure-rows.ts';
import { writeEvents } from '../../event/commands/write.ts';
import { writePartyEvents } from '../../event/commands/write-party-events.ts';
import { applyDetails } from './count/apply-details.ts';
import { countConversations } from './count/count-messages.ts';
import { type Line, messageKey, type Outcome } from './match/line.ts';
import { refuseOtherTypes, sortLines } from './match/sort-lines.ts';
import { messageEvents } from './message-events.ts';
import { outcomesOf, type PlacedLine } from './outcomes.ts';
import { dropEmptyConversations, ensureConversations, lockConversations } from './parties/ensure-conversations.ts';
import { ensureParties, type PartyIds } from './parties/ensure-parties.ts';
import { partyKey, reactionAuthor } from './parties/party.ts';
import type { MessageDraft } from './read/message-draft.ts';
import { addReactions, type NewReaction } from './write/add-reactions.ts';
import { changeMessages } from './write/change-messages.ts';
import type { NewMessage } from './write/insert-messages.ts';
import { type RecordedLine, recordLines } from './write/record-lines.ts';
import { resolveReplies } from './write/resolve-replies.ts';

/**
 * Records a batch of about 5,000 messages at most, and updates those that are already stored; several lines of one message are applied in their order.
 * Every batch locks tables, and rows within them, in the same order, so that the batches of several writers do not deadlock. For the same reason a
 * transaction ingests one batch only. @returns the outcome of each line, in their order; a refused line changes nothing
 */
export async function ingest(tx: Transaction, organizationId: string, messages: readonly MessageDraft[]): Promise<Outcome[]> {
  const sorted = await sortLines(tx, organizationId, messages);
  const { stored } = sorted;

  const conversations = await ensureConversations(tx, organizationId, sorted.added);
  // Before the other parties are created: a refused line must leave nothing behind.
  const { added, duplicates, refused } = refuseOtherTypes(sorted, conversations.types);
  const parties = await ensureParties(tx, organizationId, added, [...stored.map(({ line }) => line), ...duplicates]);
  const storedIn = stored.map(({ conversationId }) => conversationId);
  await lockConversations(tx, organizationId, [...new Set([...conversations.ids.values(), ...storedIn])]);

  const ids = { ...parties, conversationIds: conversations.ids, phoneNumberIds: conversations.phoneNumberIds };
  const { recorded, recordedElsewhere } = await recordLines(tx, organizationId, added, ids);
  const createdConversations = await dropEmpty(tx, organizationId, conversations.created, recorded);
  const updates = [...stored, ...recordedElsewhere, ...placeDuplicates(duplicates, [...recorded, ...recordedElsewhere])].map(asUpdate);
  const { changes, changed } = await changeMessages(tx, organizationId, updates);
  const reacted = [...recorded, ...updates].flatMap((each) => newReactions(each, parties));
  const reactions = await addReactions(tx, organizationId, reacted);
  const replies = await resolveReplies(tx, organizationId, recorded);

  const details = await applyDetails(tx, organizationId, recorded, reactions, ids);
  await countConversations(tx, organizationId, recorded, createdConversations);

  const changedConversations = details.conversations;
  const batch = { recorded, updated: updates, changes, reactions, replies, createdConversations, changedConversations };
  await writeEvents(tx, organizationId, messageEvents(batch));
  await writePartyEvents(tx, organizationId, details, [...createdConversations, ...changedConversations]);

  const addedReactions = new Set(reactions.map(({ reaction }) => reaction));
  const allRefused = [...sorted.refused, ...refused];
  return outcomesOf({ messages, refused: allRefused, recorded, createdConversations, updates, changed, addedReactions });
}

/** Deletes the created conversations that got no message. @returns the others */
async function dropEmpty(tx: Transaction, organizationId: string, created: ReadonlySet<string>, recorded: readonly NewMessage[]) {
  const filled = new Set(recorded.map(({ conversationId }) => conversationId));
  const empty = [...created].filter((id) => !filled.has(id));
  if (empty.length > 0) await dropEmptyConversations(tx, organizationId, empty);
  return new Set([...created].filter((id) => filled.has(id)));
}

/** Gives each duplicate the ids of the first line of its message. */
function placeDuplicates(duplicates: readonly Line[], first: readonly RecordedLine[]): PlacedLine[] {
  const byKey = new Map(first.map((each) => [messageKey(each.message), each]));
  return duplicates.map((line) => {
    const { id, conversationId } = mustGet(byKey, messageKey(line.message));
    return { line, id, conversationId };
  });
}

function asUpdate({ line, id, conversationId }: PlacedLine) {
  return { line, id, conversationId, values: line.message };
}

function newReactions({ line, id, conversationId }: PlacedLine, { participantIds }: PartyIds): NewReaction[] {
  return line.message.reactions.map((reaction) => ({
    messageId: id,
    conversationId,
    authorId: mustGet(participantIds, partyKey(reactionAuthor(line.message, reaction))),
    reaction,
  }));
}
