import { badInput } from '../../../errors.ts';
import type { Problem, RefusalCode } from '../../../values/problem.ts';
import type { Outcome } from '../ingest/match/line.ts';
import { Pacer } from '../ingest/write/pacer.ts';

/** What became of one of several things asked for together. */
export type MessageResult =
  | { outcome: 'CREATED' | 'UPDATED' | 'SKIPPED'; messageId: string; createdConversationId: string | null }
  | { outcome: 'REFUSED'; code: RefusalCode; field: string; reason: string };

type Reading<Message> = { message: Message } | { problems: readonly Problem[] };

const most = 1_000;

/**
 * Applies those that can be read, together. Each of the others is refused for itself: a program that hands on what others wrote must not be held up for good
 * by one of their messages. @param field what the client calls the list. @returns a result each, in the order given. @throws BAD_USER_INPUT for none or too many
 */
export async function applyEach<Value, Message>(
  field: string,
  values: readonly Value[],
  read: (value: Value) => Reading<Message>,
  apply: (messages: Message[]) => Promise<Outcome[]>,
): Promise<MessageResult[]> {
  if (values.length === 0 || values.length > most) throw badInput(field, `must be 1 to ${most.toLocaleString('en')}`);
  const readings: Reading<Message>[] = [];
  const pacer = new Pacer();
  for (const value of values) {
    readings.push(read(value));
    await pacer.spend(Buffer.byteLength(JSON.stringify(value)));
  }
  const readable = readings.flatMap((reading) => ('message' in reading ? [reading.message] : []));
  const applied = (readable.length === 0 ? [] : await apply(readable)).values();
  return readings.map((reading, index) => {
    const name = `${field}[${index}]`;
    if ('problems' in reading) return refusal(name, reading.problems[0] ?? { code: 'INVALID', path: '', reason: '' });
    const { value } = applied.next();
    if (value === undefined) throw new Error('something that was asked for was lost');
    if (value.outcome === 'refused') return refusal(name, { ...value, path: value.field });
    const { outcome, messageId, conversationId } = value;
    const createdConversationId = outcome === 'imported' && value.conversationCreated ? conversationId : null;
    return { outcome: outcomes[outcome], messageId, createdConversationId };
  });
}

const outcomes = { imported: 'CREATED', updated: 'UPDATED', skipped: 'SKIPPED' } as const;

/** A path like `reactions.0.type` as a client writes it: `reactions[0].type`. */
function refusal(name: string, { code, path, reason }: Problem): MessageResult {
  const rest = path === '' ? '' : `.${path}`.replace(/\.(\d+)(?=\.|$)/g, '[$1]');
  return { outcome: 'REFUSED', code, field: `${name}${rest}`, reason };
}
