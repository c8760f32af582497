// A cursor says where it stands by value: one byte for the ordering, seven for the instant, sixteen for the id; 32 characters of base64url, every bit of
// which means something. It names neither a row that must still exist, nor a parent, nor a filter.
import { formatUuid } from './ids.ts';
import { isInstant } from './instant.ts';

/** A place in a list: an instant and, among those that share it, an id. */
export interface Position {
  time: Date;
  id: string;
}

/** What lists are ordered by. The numbers are part of the cursors that clients hold: never reuse one. */
export const orderings = {
  messageCreatedAt: 1,
  conversationLastMessageAt: 2,
  conversationCreatedAt: 3,
  phoneNumberCreatedAt: 4,
  participantJoinedAt: 5,
  agentCreatedAt: 6,
  /** Written as `modules/event/position.ts` says. */
  eventCommitted: 7,
  apiKeyCreatedAt: 8,
} as const;

export interface Ordering {
  mark: number;
  descending: boolean;
}

export function encodeCursor(ordering: Ordering, { time, id }: Position): string {
  const bytes = Buffer.alloc(24);
  bytes.writeBigInt64BE(BigInt(time.getTime()));
  bytes[0] = markOf(ordering);
  bytes.write(id.replaceAll('-', ''), 8, 'hex');
  return bytes.toString('base64url');
}

/** The position in a cursor of this ordering; null for anything else. */
export function decodeCursor(ordering: Ordering, text: string): Position | null {
  if (!/^[\w-]{32}$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64url');
  if (bytes[0] !== markOf(ordering)) return null;
  // The sign of the seven bytes, spread over the one that the mark took.
  bytes[0] = (bytes[1] ?? 0) & 0x80 ? 0xff : 0;
  const ms = Number(bytes.readBigInt64BE());
  return isInstant(ms) ? { time: new Date(ms), id: formatUuid(bytes.subarray(8)) } : null;
}

function markOf({ mark, descending }: Ordering): number {
  return mark * 2 + (descending ? 1 : 0);
}
