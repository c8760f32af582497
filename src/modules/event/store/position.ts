// The position of an event in the order of commits: its transaction, plus the shift of its range (see range.ts), and within the transaction its id. A cursor holds one byte for the ordering and seven for each of
// the two: 20 characters of base64url without unused bits. The event need not exist any more, and the cursor is valid with any filter.
import { orderings } from '../../../values/cursor.ts';
import { formatUuid } from '../../../values/uuid-bytes.ts';

export interface EventPosition {
  transactionId: number;
  /** 0: the position before all events of the transaction. */
  id: number;
}

/** True if `a` comes after `b` in the order of commits. */
export function isAfter(a: EventPosition, b: EventPosition): boolean {
  return a.transactionId > b.transactionId || (a.transactionId === b.transactionId && a.id > b.id);
}

/** Returns the position as the sixteen bytes of a UUID, for the global id of a change. */
export function uuidOf({ transactionId, id }: EventPosition): string {
  return formatUuid(Buffer.from(hex(transactionId, 8) + hex(id, 8), 'hex'));
}

/** Returns the position that `uuidOf` wrote; null for any other UUID. */
export function positionOf(uuid: string): EventPosition | null {
  const digits = uuid.replaceAll('-', '');
  return readPosition(digits.slice(0, 16), digits.slice(16));
}

const mark = hex(orderings.eventCommitted * 2, 1);

export function encodePosition({ transactionId, id }: EventPosition): string {
  return Buffer.from(mark + hex(transactionId, 7) + hex(id, 7), 'hex').toString('base64url');
}

/** Returns the position in a cursor of events; null for any other text. */
export function decodePosition(text: string): EventPosition | null {
  if (!/^[\w-]{20}$/.test(text)) return null;
  const digits = Buffer.from(text, 'base64url').toString('hex');
  return digits.startsWith(mark) ? readPosition(digits.slice(2, 16), digits.slice(16)) : null;
}

function readPosition(transaction: string, event: string): EventPosition | null {
  const [transactionId, id] = [Number.parseInt(transaction, 16), Number.parseInt(event, 16)];
  return Number.isSafeInteger(transactionId) && Number.isSafeInteger(id) ? { transactionId, id } : null;
}

function hex(value: number, bytes: number): string {
  return value.toString(16).padStart(2 * bytes, '0');
}
