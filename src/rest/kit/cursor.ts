import { decodeCursor, type Ordering } from '../../values/cursor.ts';

export const cursorProblem = 'must be a cursor of this list, as next_cursor gave it';

/** Whether a cursor is one of this ordering: known before the list is asked for, since a malformed one is refused before a list that is not there. */
export function isCursor(ordering: Ordering, cursor: string): boolean {
  return decodeCursor(ordering, cursor) !== null;
}
