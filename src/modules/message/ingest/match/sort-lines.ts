import type { Transaction } from '../../../../database/database.ts';
import { conversationKey } from '../parties/conversation-key.ts';
import { findConversations } from '../parties/ensure-conversations.ts';
import type { MessageDraft } from '../read/message-draft.ts';
import { findMessages, type MessageName, nameKey } from './find-messages.ts';
import { type Line, messageKey, type Refusal } from './line.ts';

export interface RefusedLine {
  line: Line;
  refusal: Refusal;
}

interface SortedLines {
  /** Lines whose message is not stored yet; the first line of each. */
  added: Line[];
  /** Lines whose message is stored. */
  stored: { line: Line; id: string; conversationId: string }[];
  /** Later lines of a message that is not stored yet. */
  duplicates: Line[];
  refused: RefusedLine[];
}

/** Compares the lines of a batch with stored messages, and with each other. Writes nothing. */
export async function sortLines(tx: Transaction, organizationId: string, messages: readonly MessageDraft[]): Promise<SortedLines> {
  const lines = messages.map((message, index) => ({ index, message, conversationKey: conversationKey(message) }));
  const conversations = await findConversations(tx, organizationId, [...new Set(lines.map((line) => line.conversationKey))]);
  const ids = new Map(conversations.map(({ key, id }) => [key, id]));
  const types = new Map(conversations.map(({ key, type }) => [key, type]));
  const names = new Map(lines.flatMap((line): [Line, MessageName][] => nameOf(line, ids)));
  const storedIds = await findMessages(tx, organizationId, [...names.values()]);
  const sorted: SortedLines = { added: [], stored: [], duplicates: [], refused: [] };
  const addedKeys = new Set<string>();
  for (const line of lines) {
    const refusal = typeRefusal(line, types);
    const name = names.get(line);
    const id = name && storedIds.get(nameKey(name));
    if (refusal !== null) sorted.refused.push({ line, refusal });
    else if (name !== undefined && id !== undefined) sorted.stored.push({ line, id, conversationId: name.conversationId });
    else if (addedKeys.has(messageKey(line.message))) sorted.duplicates.push(line);
    else {
      addedKeys.add(messageKey(line.message));
      sorted.added.push(line);
    }
  }
  return sorted;
}

/**
 * Compares types once more after the conversations are created: another transaction may have created a chat with another type after `sortLines` read the types.
 * @param types by conversation key
 */
export function refuseOtherTypes({ added, duplicates }: Pick<SortedLines, 'added' | 'duplicates'>, types: Map<string, string>) {
  const refused: RefusedLine[] = [];
  const hasType = (line: Line) => {
    const refusal = typeRefusal(line, types);
    if (refusal !== null) refused.push({ line, refusal });
    return refusal === null;
  };
  return { added: added.filter(hasType), duplicates: duplicates.filter(hasType), refused };
}

/** A message of a conversation that is not stored has no name yet. */
function nameOf(line: Line, conversationIds: ReadonlyMap<string, string>): [Line, MessageName][] {
  const conversationId = conversationIds.get(line.conversationKey);
  return conversationId === undefined ? [] : [[line, { conversationId, externalId: line.message.externalId }]];
}

/** A chat keeps the type of its first line. @param types by conversation key; the types of new conversations are added */
function typeRefusal({ message, conversationKey: key }: Line, types: Map<string, string>): Refusal | null {
  const { type } = message.conversation;
  const first = types.get(key) ?? type;
  types.set(key, first);
  return first === type
    ? null
    : { code: 'CONFLICT', field: 'conversation.type', reason: `this conversation is a ${first.toLowerCase()} one` };
}
