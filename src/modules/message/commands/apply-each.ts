import { badInput } from '../../../errors.ts';
import type { Problem, RefusalCode } from '../../../values/problem.ts';
import type { Outcome } from '../ingest/match/line.ts';
import type { Reading } from '../ingest/read/read-draft.ts';
import { Pacer } from '../ingest/write/pacer.ts';

/** The result of one item of a list. */
export type MessageResult =
  | { outcome: 'CREATED' | 'UPDATED' | 'SKIPPED'; messageId: string; createdConversationId: string | null }
  | { outcome: 'REFUSED'; code: RefusalCode; field: string; reason: string };

const maxItems = 1_000;

/**
 * Reads the items of a list and applies the valid ones together. Each invalid item is refused alone, so that one invalid message does not stop the other ones. @param field the client's name of the list. @returns the result of each item, in their order. @throws BAD_USER_INPUT for a list that is
 * empty or too long
 */
export async function applyEach<Item, Draft>(
  field: string,
  items: readonly Item[],
  read: (item: Item) => Reading<Draft>,
  apply: (drafts: Draft[]) => Promise<Outcome[]>,
): Promise<MessageResult[]> {
  if (items.length === 0 || items.length > maxItems) throw badInput(field, `must be 1 to ${maxItems.toLocaleString('en')}`);
  const readings: Reading<Draft>[] = [];
  const pacer = new Pacer();
  for (const item of items) {
    readings.push(read(item));
    await pacer.spend(Buffer.byteLength(JSON.stringify(item)));
  }
  const drafts = readings.flatMap((reading) => ('draft' in reading ? [reading.draft] : []));
  const applied = (drafts.length === 0 ? [] : await apply(drafts)).values();
  return readings.map((reading, index) => {
    const name = `${field}[${index}]`;
    if ('problems' in reading) return refusal(name, reading.problems[0] ?? { code: 'INVALID', path: '', reason: '' });
    const { value } = applied.next();
    if (value === undefined) throw new Error('an item has no outcome');
    if (value.outcome === 'refused') return refusal(name, { ...value, path: value.field });
    const { outcome, messageId, conversationId } = value;
    const createdConversationId = outcome === 'imported' && value.conversationCreated ? conversationId : null;
    return { outcome: outcomes[outcome], messageId, createdConversationId };
  });
}

const outcomes = { imported: 'CREATED', updated: 'UPDATED', skipped: 'SKIPPED' } as const;

/** Writes a path like `reactions.0.type` as a client does: `reactions[0].type`. */
function refusal(name: string, { code, path, reason }: Problem): MessageResult {
  const rest = path === '' ? '' : `.${path}`.replace(/\.(\d+)(?=\.|$)/g, '[$1]');
  return { outcome: 'REFUSED', code, field: `${name}${rest}`, reason };
}
