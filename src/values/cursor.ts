// A cursor holds a position by value: one byte for the ordering, seven for the time, sixteen for the id; 32 characters of base64url without unused bits.
// A cursor remains valid after its row is deleted, and with any parent and filter.
import { isInstant } from './instant.ts';
import { formatUuid, writeUuid } from './uuid-bytes.ts';

/** The most items that a list skips for an `offset` or a page number. The database reads skipped items; cursors have no such cost. */
export const maxOffset = 1_000_000;

/** A position in a list: a time and, among items with the same time, an id. */
export interface Position {
  time: Date;
  id: string;
  /** True if the item meets the condition that its ordering sorts by first. */
  flag?: boolean;
}

/** The orderings of lists. Cursors that clients hold contain the numbers, so never reuse one. */
export const orderings = {
  messageCreatedAt: 1,
  conversationLastMessageAt: 2,
  conversationCreatedAt: 3,
  phoneNumberCreatedAt: 4,
  participantJoinedAt: 5,
  agentCreatedAt: 6,
  /** Encoded by `modules/event/store/position.ts`. */
  eventCommitted: 7,
  apiKeyCreatedAt: 8,
  participantCreatedAt: 9,
  /** The two parts of one ordering. */
  conversationRead: 10,
  conversationUnread: 11,
  webhookEndpointCreatedAt: 12,
  webhookDeliveryCreatedAt: 13,
} as const;

export interface Ordering {
  mark: number;
  /** In an ordering that sorts by a condition first: the mark of items that meet it. They are greater than all others. */
  flagMark?: number;
  descending: boolean;
}

/** Written anew by every call, which saves an allocation for each cursor of an answer. */
const cursorBytes = Buffer.alloc(24);

export function encodeCursor(ordering: Ordering, { time, id, flag = false }: Position): string {
  const ms = time.getTime();
  // In two halves: a BigInt costs more than the rest of the cursor.
  const high = Math.floor(ms / 2 ** 32);
  cursorBytes.writeInt32BE(high, 0);
  cursorBytes.writeUInt32BE(ms - high * 2 ** 32, 4);
  cursorBytes[0] = markOf(ordering, flag);
  writeUuid(cursorBytes, 8, id);
  return cursorBytes.toString('base64url');
}

/** Returns the position in a cursor of this ordering; null for any other text. */
export function decodeCursor(ordering: Ordering, text: string): Position | null {
  if (!/^[\w-]{32}$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64url');
  const flag = ordering.flagMark !== undefined && bytes[0] === markOf(ordering, true);
  if (bytes[0] !== markOf(ordering, flag)) return null;
  // Restores the first byte of the time, which the mark replaced, from the sign of the others.
  bytes[0] = (bytes[1] ?? 0) & 0x80 ? 0xff : 0;
  const ms = Number(bytes.readBigInt64BE());
  if (!isInstant(ms)) return null;
  return { time: new Date(ms), id: formatUuid(bytes.subarray(8)), ...(ordering.flagMark !== undefined && { flag }) };
}

function markOf({ mark, flagMark = mark, descending }: Ordering, flag: boolean): number {
  return (flag ? flagMark : mark) * 2 + (descending ? 1 : 0);
}
