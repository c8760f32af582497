// Where an event stands in the order of commits: its transaction and, within it, its id. A cursor is one byte for the ordering and seven for each of the
// two; 20 characters of base64url, every bit of which means something. It names no event that must still exist, and no filter.
import { orderings } from '../../cursor.ts';

export interface EventPosition {
  transactionId: number;
  /** 0: before all events of the transaction. */
  id: number;
}

/** Whether `a` comes after `b` in the order of commits. */
export function isAfter(a: EventPosition, b: EventPosition): boolean {
  return a.transactionId > b.transactionId || (a.transactionId === b.transactionId && a.id > b.id);
}

const mark = hex(orderings.eventCommitted * 2, 1);

export function encodePosition({ transactionId, id }: EventPosition): string {
  return Buffer.from(mark + hex(transactionId, 7) + hex(id, 7), 'hex').toString('base64url');
}

/** The position in a cursor of events; null for anything else. */
export function decodePosition(text: string): EventPosition | null {
  if (!/^[\w-]{20}$/.test(text)) return null;
  const digits = Buffer.from(text, 'base64url').toString('hex');
  const transactionId = Number.parseInt(digits.slice(2, 16), 16);
  const id = Number.parseInt(digits.slice(16), 16);
  const good = digits.startsWith(mark) && Number.isSafeInteger(transactionId) && Number.isSafeInteger(id);
  return good ? { transactionId, id } : null;
}

function hex(value: number, bytes: number): string {
  return value.toString(16).padStart(2 * bytes, '0');
}
