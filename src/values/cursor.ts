// A cursor says where it stands by value: one byte for the ordering, seven for the instant, sixteen for the id; 32 characters of base64url, every bit of
// which means something. It names neither a row that must still exist, nor a parent, nor a filter.
import { formatUuid } from './ids.ts';
import { isInstant } from './instant.ts';

/** A place in a list: an instant and, among those that share it, an id. */
export interface Position {
  time: Date;
  id: string;
  /** In an ordering by a condition first: whether the item meets it. */
  flag?: boolean;
}

/** What lists are ordered by. The numbers are part of the cursors that clients hold: never reuse one. */
export const orderings = {
  messageCreatedAt: 1,
  conversationLastMessageAt: 2,
  conversationCreatedAt: 3,
  phoneNumberCreatedAt: 4,
  participantJoinedAt: 5,
  agentCreatedAt: 6,
  /** Written as `modules/event/store/position.ts` says. */
  eventCommitted: 7,
  apiKeyCreatedAt: 8,
  participantCreatedAt: 9,
  /** The two parts of one ordering. */
  conversationRead: 10,
  conversationUnread: 11,
} as const;

export interface Ordering {
  mark: number;
  /** In an ordering by a condition first: the mark of the items that meet it, which are greater than all others. */
  flagMark?: number;
  descending: boolean;
}

export function encodeCursor(ordering: Ordering, { time, id, flag = false }: Position): string {
  const bytes = Buffer.alloc(24);
  bytes.writeBigInt64BE(BigInt(time.getTime()));
  bytes[0] = markOf(ordering, flag);
  bytes.write(id.replaceAll('-', ''), 8, 'hex');
  return bytes.toString('base64url');
}

/** The position in a cursor of this ordering; null for anything else. */
export function decodeCursor(ordering: Ordering, text: string): Position | null {
  if (!/^[\w-]{32}$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64url');
  const flag = ordering.flagMark !== undefined && bytes[0] === markOf(ordering, true);
  if (bytes[0] !== markOf(ordering, flag)) return null;
  // The sign of the seven bytes, spread over the one that the mark took.
  bytes[0] = (bytes[1] ?? 0) & 0x80 ? 0xff : 0;
  const ms = Number(bytes.readBigInt64BE());
  if (!isInstant(ms)) return null;
  return { time: new Date(ms), id: formatUuid(bytes.subarray(8)), ...(ordering.flagMark !== undefined && { flag }) };
}

function markOf({ mark, flagMark = mark, descending }: Ordering, flag: boolean): number {
  return (flag ? flagMark : mark) * 2 + (descending ? 1 : 0);
}
