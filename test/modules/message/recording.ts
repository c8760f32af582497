import type { useApp } from '../../support/harness.ts';
import { ask } from '../conversation/conversations.ts';

type Parley = ReturnType<typeof useApp>;
type Line = Record<string, unknown>;

export const recordDocument = `mutation ($messages: [RecordMessageInput!]!) { recordMessages(input: { messages: $messages }) {
  results { outcome field reason messageId message { id body status editedAt deletedAt redactedAt replyTo { body } reactions { type: reactionType author { name } } } } } }`;

const enums = new Set(['direction', 'channel', 'kind', 'status']);

/** Returns a line of the import format as a GraphQL input: with enum values in capitals. */
export function inCapitals(line: Line): Line {
  const entries = Object.entries(line).map(([name, value]): [string, unknown] => {
    if (enums.has(name)) return [name, String(value).toUpperCase()];
    if (name === 'conversation') return [name, { ...(value as Line), type: String((value as Line).type).toUpperCase() }];
    return [name, name === 'reactions' ? (value as Line[]).map(inCapitals) : value];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== 'UNDEFINED'));
}

/** Returns the result of each line. */
export async function record(parley: Parley, key: string, lines: readonly Line[]) {
  const { recordMessages } = await ask(parley, key, recordDocument, { messages: lines.map(inCapitals) });
  return recordMessages.results;
}

/** Returns the outcome of each line, or the refused field. */
export async function outcomes(parley: Parley, key: string, lines: readonly Line[]): Promise<string[]> {
  const results: { outcome: string; field: string | null }[] = await record(parley, key, lines);
  return results.map(({ outcome, field }) => field ?? outcome);
}
