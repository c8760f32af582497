import type { Page } from '../../database/keyset.ts';
import { badInput } from '../../errors.ts';
import { decodeCursor, maxOffset, type Ordering } from '../../values/cursor.ts';
import { defaultPageSize, maxPageSize } from '../limits.ts';

/** The description of the argument `offset`. */
export const offsetDescription = `The number of items to skip, 0 to ${maxOffset.toLocaleString('en')}, default 0; not with \`last\`, \`after\` or \`before\`. Cursors are faster.`;

export interface ConnectionArgs {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
  offset?: number | null;
}

type GivenArguments = Readonly<Partial<Record<'first' | 'last' | 'after' | 'before', unknown>>>;

/**
 * Returns the name of the argument that is the size of a page; null if `first` and `last` contradict each other. Clients send both if a query has a default
 * for one of them: then the cursor decides, `first` with `after` or `last` with `before`. A null counts as absent.
 */
export function sizeArgument({ first, last, after, before }: GivenArguments): 'first' | 'last' | null {
  if (last == null) return 'first';
  if (first == null) return 'last';
  if ((after == null) === (before == null)) return null;
  return before == null ? 'first' : 'last';
}

/** Returns true if a cursor is given. Other arguments that choose a page are then ignored: clients keep sending them when they continue a list. */
export function continuesPage({ after, before }: ConnectionArgs): boolean {
  return after != null || before != null;
}

/** Returns the size of a page, and whether it is counted from the end of the list. @throws BAD_USER_INPUT */
export function readSize(args: ConnectionArgs): { limit: number; fromEnd: boolean } {
  const name = sizeArgument(args);
  if (name === null) throw badInput('last', 'cannot be combined with first, unless either `after` or `before` is given');
  const limit = args[name] ?? defaultPageSize;
  if (limit < 1 || limit > maxPageSize) throw badInput(name, `must be from 1 to ${maxPageSize}`);
  return { limit, fromEnd: name === 'last' };
}

/** Reads and checks the arguments of a page. @throws BAD_USER_INPUT */
export function readPage(args: ConnectionArgs, ordering: Ordering): Page {
  const { after, before } = args;
  const size = readSize(args);
  const position = (name: string, cursor: string | null | undefined) => {
    if (cursor == null) return null;
    const decoded = decodeCursor(ordering, cursor);
    if (decoded === null) throw badInput(name, 'is no cursor of this list and order: pass one unchanged');
    return decoded;
  };
  return {
    ...size,
    offset: readOffset(args),
    after: position('after', after),
    before: position('before', before),
  };
}

function readOffset({ offset, last, after, before }: ConnectionArgs): number {
  if (offset == null) return 0;
  if (offset < 0 || offset > maxOffset) throw badInput('offset', `must be from 0 to ${maxOffset.toLocaleString('en')}`);
  if (last != null || after != null || before != null) throw badInput('offset', 'cannot be combined with last, after or before');
  return offset;
}
