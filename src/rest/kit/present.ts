// Functions that presenters of several contracts share.
import { decodeId } from '../../values/ids.ts';

/** Returns an enum value of the schema in lower case, as contracts write it. */
export function lower<Word extends string>(word: Word): Lowercase<Word> {
  return word.toLowerCase() as Lowercase<Word>;
}

/**
 * Returns a value that is never null here, though the schema allows null: a phone conversation's numbers, an outbound message's status, or a list,
 * which is null only beside an error, and an error is refused before anything is presented.
 */
export function notNull<Value>(value: Value | null): Value {
  if (value === null) throw new Error('the schema returned null for a value that the database never leaves out');
  return value;
}

/** Returns the UUID in a global id that the schema returned. */
export function uuidIn(id: string): string {
  const decoded = decodeId(id);
  if (decoded === null) throw new Error(`the schema returned a malformed global id: ${id}`);
  return decoded.uuid;
}

interface Removable {
  redactedAt: string | null;
  deletedAt: string | null;
}

/** Returns the time at which a message lost its content, by deletion or redaction, whichever came first (RFC 3339); null while it has its content. */
export function contentRemovedAt({ redactedAt, deletedAt }: Removable): string | null {
  if (redactedAt === null || deletedAt === null) return redactedAt ?? deletedAt;
  return Date.parse(deletedAt) < Date.parse(redactedAt) ? deletedAt : redactedAt;
}
