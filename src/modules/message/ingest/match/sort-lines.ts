import type { Transaction } from '../../../../database/database.ts';
import { findConversations } from '../parties/ensure-conversations.ts';
import type { MessageDraft } from '../read/message-draft.ts';
import { findSeen, type MessageName, nameKey } from './find-messages.ts';
import { conversationKey, type Line, messageKey, type Refusal } from './line.ts';

export interface RefusedLine {
  line: Line;
  refusal: Refusal;
}

export interface Sorted {
  fresh: Line[];
  /** Lines whose message is there already. */
  seen: { line: Line; id: string; conversationId: string }[];
  /** Lines whose message is new, and told by a line before. */
  again: Line[];
  refused: RefusedLine[];
}

/** Tells new lines from those seen before and from those that do not fit what is there. Writes nothing. */
export async function sortLines(tx: Transaction, organizationId: string, messages: readonly MessageDraft[]): Promise<Sorted> {
  const lines = messages.map((message, index) => ({ index, message, conversationKey: conversationKey(message) }));
  const there = await findConversations(tx, organizationId, [...new Set(lines.map((line) => line.conversationKey))]);
  const ids = new Map(there.map(({ key, id }) => [key, id]));
  const types = new Map(there.map(({ key, type }) => [key, type]));
  const names = new Map(lines.flatMap((line): [Line, MessageName][] => nameOf(line, ids)));
  const seen = await findSeen(tx, organizationId, [...names.values()]);
  const sorted: Sorted = { fresh: [], seen: [], again: [], refused: [] };
  const given = new Set<string>();
  for (const line of lines) {
    const refusal = typeRefusal(line, types);
    const name = names.get(line);
    const id = name && seen.get(nameKey(name));
    if (refusal !== null) sorted.refused.push({ line, refusal });
    else if (name !== undefined && id !== undefined) sorted.seen.push({ line, id, conversationId: name.conversationId });
    else if (given.has(messageKey(line.message))) sorted.again.push(line);
    else {
      given.add(messageKey(line.message));
      sorted.fresh.push(line);
    }
  }
  return sorted;
}

/** None where the conversation is new, and so the message. */
function nameOf(line: Line, conversationIds: ReadonlyMap<string, string>): [Line, MessageName][] {
  const conversationId = conversationIds.get(line.conversationKey);
  return conversationId === undefined ? [] : [[line, { conversationId, externalId: line.message.externalId }]];
}

/** A chat keeps the type that the first line gave it, here or before. @param types by conversation key; learns those of new ones */
export function typeRefusal({ message, conversationKey: key }: Line, types: Map<string, string>): Refusal | null {
  const { type } = message.conversation;
  const kept = types.get(key) ?? type;
  types.set(key, kept);
  return kept === type
    ? null
    : { code: 'CONFLICT', field: 'conversation.type', reason: `this conversation is a ${kept.toLowerCase()} one` };
}
