type Given = Readonly<Partial<Record<'first' | 'last' | 'after' | 'before', unknown>>>;

/**
 * The argument that says how many items a page has; null if `first` and `last` contradict each other. Clients send both where a query has a default for
 * one of them: then the one that came with its cursor says where they go on, `first` with `after` or `last` with `before`. A null counts as absent.
 */
export function sizeArgument({ first, last, after, before }: Given): 'first' | 'last' | null {
  if (last == null) return 'first';
  if (first == null) return 'last';
  if ((after == null) === (before == null)) return null;
  return before == null ? 'first' : 'last';
}
