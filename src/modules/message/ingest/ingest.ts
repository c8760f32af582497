import { uuidv7 } from 'uuidv7';
import type { Transaction } from '../../../database/database.ts';
import { known } from '../../../database/ensure-rows.ts';
import { writeEvents } from '../../event/commands/write.ts';
import { writePartyEvents } from '../../event/commands/write-party-events.ts';
import { applyDetails } from './count/apply-details.ts';
import { countConversations } from './count/update-conversations.ts';
import { findSeen, nameKey } from './match/find-messages.ts';
import { type Line, messageKey, type Outcome } from './match/line.ts';
import { sortLines } from './match/sort-lines.ts';
import { messageEvents } from './message-events.ts';
import { dropEmptyConversations, ensureConversations, lockConversations } from './parties/ensure-conversations.ts';
import { type Cast, ensureParties } from './parties/ensure-parties.ts';
import { authorOf, partyKey, reactionAuthor } from './parties/party.ts';
import type { MessageDraft } from './read/message-draft.ts';
import { refuseMistyped } from './refuse-mistyped.ts';
import { addReactions, type NewReaction } from './write/add-reactions.ts';
import { changeMessages, type Retold } from './write/change-messages.ts';
import { insertMessages, type NewMessage } from './write/insert-messages.ts';
import { rankMessages } from './write/rank-messages.ts';
import { resolveReplies } from './write/resolve-replies.ts';

interface Told extends Retold {
  message: MessageDraft;
  line: Line;
  conversationId: string;
}

/**
 * Merges a batch into an organization: at most some 5,000 lines; several that tell of one message are applied in their order. Tables, and rows within them, are
 * taken in one fixed order, so that batches of several writers wait for each other but never in a circle; to keep that, a transaction ingests once.
 * @returns what became of each, in the order given; one that does not fit what is there is refused and changes nothing
 */
export async function ingest(tx: Transaction, organizationId: string, messages: readonly MessageDraft[]): Promise<Outcome[]> {
  const sorted = await sortLines(tx, organizationId, messages);
  const conversations = await ensureConversations(tx, organizationId, sorted.fresh);
  // Before anything else that lines tell of is kept: what is refused leaves nothing behind.
  const { fresh, again, refused } = refuseMistyped(sorted, conversations.types);
  const { seen } = sorted;
  const outcomes = new Map<number, Outcome>();
  for (const { line, refusal } of [...sorted.refused, ...refused]) outcomes.set(line.index, { outcome: 'refused', ...refusal });
  const cast = await ensureParties(tx, organizationId, fresh, [...seen.map(({ line }) => line), ...again]);
  await lockConversations(tx, organizationId, [
    ...new Set([...conversations.ids.values(), ...seen.map(({ conversationId }) => conversationId)]),
  ]);

  const drafts = fresh.map((line) => ({ line, ...newMessage(line, conversations.ids, cast) }));
  const candidates = await rankMessages(tx, organizationId, drafts, conversations.phoneNumberIds);
  const recorded = await insertMessages(tx, organizationId, candidates);
  const raced = await retellRaced(tx, organizationId, candidates, recorded);
  const created = await keepFilled(tx, organizationId, conversations.created, recorded);

  const retold = [
    ...seen.map((each) => ({ ...each, message: each.line.message })),
    ...raced,
    ...retellAgain(again, [...recorded, ...raced]),
  ];
  const { changes, changed } = await changeMessages(tx, organizationId, retold);
  const reactions = await addReactions(
    tx,
    organizationId,
    [...recorded, ...retold].flatMap((each) => newReactions(each, cast)),
  );
  const replies = await resolveReplies(tx, organizationId, recorded);
  const facts = await applyDetails(tx, organizationId, recorded, reactions, { ...cast, ...conversations });
  await countConversations(tx, organizationId, recorded, created);
  const changedConversations = facts.conversations;
  await writeEvents(tx, organizationId, messageEvents({ recorded, retold, changes, reactions, replies, created, changedConversations }));
  await writePartyEvents(tx, organizationId, facts, [...created, ...changedConversations]);

  const added = new Set(reactions.map(({ reaction }) => reaction));
  const begun = new Set(created);
  for (const { line, id, conversationId } of recorded) {
    const conversationCreated = begun.delete(conversationId);
    outcomes.set(line.index, { outcome: 'imported', messageId: id, conversationId, conversationCreated });
  }
  for (const each of retold) {
    const outcome = changed.has(each) || each.message.reactions.some((reaction) => added.has(reaction)) ? 'updated' : 'skipped';
    outcomes.set(each.line.index, { outcome, messageId: each.id, conversationId: each.conversationId });
  }
  return messages.map((_, index) => {
    const outcome = outcomes.get(index);
    if (outcome === undefined) throw new Error(`line ${index} of a batch was lost`);
    return outcome;
  });
}

function newMessage(
  { message, conversationKey }: Line,
  conversationIds: ReadonlyMap<string, string>,
  { participantIds }: Cast,
): NewMessage {
  return {
    id: uuidv7(),
    conversationId: known(conversationIds, conversationKey),
    authorId: known(participantIds, partyKey(authorOf(message))),
    message,
  };
}

function newReactions({ id, conversationId, message }: NewMessage | Told, { participantIds }: Cast): NewReaction[] {
  return message.reactions.map((reaction) => ({
    messageId: id,
    conversationId,
    authorId: known(participantIds, partyKey(reactionAuthor(message, reaction))),
    reaction,
  }));
}

/** New lines that another transaction recorded between the look and the lock. */
async function retellRaced(
  tx: Transaction,
  organizationId: string,
  candidates: readonly (NewMessage & { line: Line })[],
  recorded: readonly NewMessage[],
): Promise<(NewMessage & { line: Line })[]> {
  const own = new Set(recorded.map(({ id }) => id));
  const raced = candidates.filter(({ id }) => !own.has(id));
  const nameOf = ({ conversationId, message }: NewMessage) => ({ conversationId, externalId: message.externalId });
  const seen = await findSeen(tx, organizationId, raced.map(nameOf));
  return raced.map((each) => ({ ...each, id: known(seen, nameKey(nameOf(each))) }));
}

/** Lines whose message a line before them recorded, or found recorded. */
function retellAgain(again: readonly Line[], first: readonly (NewMessage & { line: Line })[]): Told[] {
  const told = new Map(first.map((each) => [messageKey(each.message), each]));
  return again.map((line) => ({ ...known(told, messageKey(line.message)), line, message: line.message }));
}

/** @returns the conversations created that have messages; the others are taken back */
async function keepFilled(tx: Transaction, organizationId: string, created: ReadonlySet<string>, recorded: readonly NewMessage[]) {
  const filled = new Set(recorded.map(({ conversationId }) => conversationId));
  const empty = [...created].filter((id) => !filled.has(id));
  if (empty.length > 0) await dropEmptyConversations(tx, organizationId, empty);
  return new Set([...created].filter((id) => filled.has(id)));
}
