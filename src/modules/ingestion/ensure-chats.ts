import type { Transaction } from '../../database/database.ts';
import { ensureConversations } from './ensure-conversations.ts';
import type { Line } from './line.ts';
import { type RefusedLine, typeRefusal } from './sort-lines.ts';

/**
 * The workplace chats of new lines, found or created. One that another transaction created since the lines were sorted may be of another type: lines that do
 * not fit it are refused here, before anything else that they tell of is kept.
 * @param again lines of the messages that `fresh` has. @returns the chats' ids by key, which were created, and the lines parted
 */
export async function ensureChats(tx: Transaction, organizationId: string, fresh: readonly Line[], again: readonly Line[]) {
  const ofChats = fresh.filter(({ message }) => message.conversation.type !== 'PHONE');
  const { ids, created, types } = await ensureConversations(tx, organizationId, ofChats, new Map());
  const refused: RefusedLine[] = [];
  const fits = (line: Line) => {
    const refusal = typeRefusal(line, types);
    if (refusal !== null) refused.push({ line, refusal });
    return refusal === null;
  };
  return { ids, created, fresh: fresh.filter(fits), again: again.filter(fits), refused };
}
