import { orderings } from '../../values/cursor.ts';
import { isCursor } from '../kit/cursor.ts';

// The schema's own cursor and, since one parameter carries both, which way it leads.

const newestFirst = { mark: orderings.messageCreatedAt, descending: true };

/** Where a page goes on, and which way: `next` to older messages, `prev` to newer ones. */
interface Turn {
  cursor: string;
  way: 'next' | 'prev';
}

/** Null: there is nothing that way. */
export function writeTurn(way: Turn['way'], more: boolean, cursor: string | null): string | null {
  return more && cursor !== null ? `${cursor}.${way}` : null;
}

/** Null unless the text is what `writeTurn` writes. */
export function readTurn(text: string): Turn | null {
  const [cursor = '', way, ...more] = text.split('.');
  if ((way !== 'next' && way !== 'prev') || more.length > 0 || !isCursor(newestFirst, cursor)) return null;
  return { cursor, way };
}
