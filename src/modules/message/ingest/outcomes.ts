import type { Line, Outcome } from './match/line.ts';
import type { RefusedLine } from './match/sort-lines.ts';
import type { MessageDraft } from './read/message-draft.ts';
import type { ReactionDraft } from './read/reaction-draft.ts';

/** A line with the ids of its message and conversation. */
export interface PlacedLine {
  line: Line;
  id: string;
  conversationId: string;
}

/** The lines of a batch after it is written. */
interface Written<Update extends PlacedLine> {
  messages: readonly MessageDraft[];
  refused: readonly RefusedLine[];
  recorded: readonly PlacedLine[];
  createdConversations: ReadonlySet<string>;
  updates: readonly Update[];
  changed: ReadonlySet<Update>;
  addedReactions: ReadonlySet<ReactionDraft>;
}

/** Returns the outcome of each line of a batch, in the order of its lines. */
export function outcomesOf<Update extends PlacedLine>(written: Written<Update>): Outcome[] {
  const outcomes = new Map<number, Outcome>();
  for (const { line, refusal } of written.refused) outcomes.set(line.index, { outcome: 'refused', ...refusal });
  const created = new Set(written.createdConversations);
  for (const { line, id, conversationId } of written.recorded) {
    // A new conversation is reported with its first message.
    const conversationCreated = created.delete(conversationId);
    outcomes.set(line.index, { outcome: 'imported', messageId: id, conversationId, conversationCreated });
  }
  for (const update of written.updates) {
    const { line, id, conversationId } = update;
    const isUpdated = written.changed.has(update) || line.message.reactions.some((reaction) => written.addedReactions.has(reaction));
    outcomes.set(line.index, { outcome: isUpdated ? 'updated' : 'skipped', messageId: id, conversationId });
  }
  return written.messages.map((_, index) => {
    const outcome = outcomes.get(index);
    if (outcome === undefined) throw new Error(`line ${index} of a batch has no outcome`);
    return outcome;
  });
}
