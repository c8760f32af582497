import type { Source } from './source.ts';

/** The columns that an operation needs of rows that can be read in part, as `needs` writes them; null: all columns. */
export type NeededColumns = ReadonlySet<string> | null;

/** Returns the columns of a source's rows, for a field whose resolver reads them. */
export function needs<Row>({ label }: Source<Row>, ...fields: readonly (keyof Row & string)[]): string[] {
  return fields.map((field) => `${label}.${field}`);
}

/** Sources that read less, by the source and the groups that they read. They are kept, because each is the key of loaders. */
const narrowed = new WeakMap<object, Map<string, object>>();

/** Returns a source that reads the needed columns of another one, and the others of their groups. */
export function reading<Any extends Source<unknown>>(source: Any, needed: NeededColumns): Any {
  const { label, always, groups = [] } = source;
  if (needed === null || always === undefined) return source;
  const read = groups.filter(({ fields }) => fields.some((field) => needed.has(`${label}.${field}`)));
  const columns = [always, ...read.map((group) => group.columns)].join(', ');
  const known = narrowed.get(source) ?? new Map<string, object>();
  narrowed.set(source, known);
  const found = (known.get(columns) as Any | undefined) ?? { ...source, columns };
  known.set(columns, found);
  return found;
}
