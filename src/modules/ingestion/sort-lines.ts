import type { Transaction } from '../../database/database.ts';
import { findConversations } from './ensure-conversations.ts';
import { findSeen, type Seen } from './find-seen.ts';
import type { IncomingMessage } from './incoming-message.ts';
import { conversationKey, type Line } from './line.ts';

export interface Refusal {
  field: string;
  reason: string;
}

interface Sorted {
  fresh: Line[];
  /** Lines whose message is there already. */
  seen: { line: Line; id: string; conversationId: string }[];
  refused: { line: Line; refusal: Refusal }[];
}

export const inAnotherConversation: Refusal = { field: 'externalId', reason: 'is taken by a message of another conversation' };

/** Tells new lines from those seen before and from those that do not fit what is there. Writes nothing. */
export async function sortLines(tx: Transaction, organizationId: string, messages: readonly IncomingMessage[]): Promise<Sorted> {
  const lines = messages.map((message, index) => ({ index, message, conversationKey: conversationKey(message) }));
  const targets = messages.flatMap(({ replyTo }) => replyTo ?? []);
  const seen = await findSeen(tx, organizationId, [...new Set([...messages.map(({ externalId }) => externalId), ...targets])]);
  const keys = new Set(lines.map((line) => line.conversationKey));
  const types = new Map((await findConversations(tx, organizationId, [...keys])).map(({ key, type }) => [key, type]));
  const sorted: Sorted = { fresh: [], seen: [], refused: [] };
  const firstByName = new Map(lines.toReversed().map((line) => [line.message.externalId, line]));
  for (const line of lines) {
    const refusal =
      repeatRefusal(line, firstByName) ??
      placeRefusal(line, seen.get(line.message.externalId)) ??
      typeRefusal(line, types) ??
      replyRefusal(line, seen, firstByName);
    const before = seen.get(line.message.externalId);
    if (refusal !== null) sorted.refused.push({ line, refusal });
    else if (before !== undefined) sorted.seen.push({ line, id: before.id, conversationId: before.conversationId });
    else sorted.fresh.push(line);
  }
  return sorted;
}

function repeatRefusal(line: Line, firstByName: ReadonlyMap<string, Line>): Refusal | null {
  return firstByName.get(line.message.externalId) === line ? null : { field: 'externalId', reason: 'is given twice in one batch' };
}

function placeRefusal(line: Line, before: Seen | undefined): Refusal | null {
  return before === undefined || before.conversationKey === line.conversationKey ? null : inAnotherConversation;
}

/** A chat keeps the type that the first line gave it, here or before. */
function typeRefusal({ message, conversationKey: key }: Line, types: Map<string, string>): Refusal | null {
  const { type } = message.conversation;
  const kept = types.get(key) ?? type;
  types.set(key, kept);
  return kept === type ? null : { field: 'conversation.type', reason: `this conversation is a ${kept.toLowerCase()} one` };
}

function replyRefusal(line: Line, seen: ReadonlyMap<string, Seen>, firstByName: ReadonlyMap<string, Line>): Refusal | null {
  const { replyTo } = line.message;
  if (replyTo === null) return null;
  const target = seen.get(replyTo) ?? firstByName.get(replyTo);
  return target === undefined || target.conversationKey === line.conversationKey
    ? null
    : { field: 'replyTo', reason: 'is a message of another conversation' };
}
