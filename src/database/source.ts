declare const rowType: unique symbol;

/** Rows of a table or a join, as parts of SQL. `Row` is their type; `npm run check` compares it with the database. */
export interface Source<Row> extends SourceParts {
  /** Exists for the compiler only. */
  readonly [rowType]: Row;
}

/** `$1` is the id of the organization in every part. */
interface SourceParts {
  /** The name of its statements in logs. */
  label: string;
  /** The select list. */
  columns: string;
  /** The select list of the columns that every statement reads, if others can be left out; `groups` are the others. See `columnsInGroups`. */
  always?: string;
  groups?: readonly ColumnGroup[];
  from: string;
  /** The column with the organization's id. */
  organization: string;
}

/** Columns that are read together, because each group doubles the number of statements of a source. */
interface ColumnGroup {
  fields: readonly string[];
  /** The select list. */
  columns: string;
}

interface KeyParts {
  /** The expression that finds a row. */
  key: string;
  /** The key's type, if it is not uuid. */
  keyType?: 'bigint' | 'text';
  /** The condition that a row has one of the keys in the placeholder's array; `key = any(…)` by default. */
  among?: (keys: string) => string;
  /** The order of the rows of one key: SQL after `order by`. */
  orderBy?: string;
}

interface ListParts {
  /** The column with the id of the parent whose list has the row. */
  parent: string;
  id: string;
}

/** A source whose rows are found by a key: see `Loaders.row` and `Loaders.rows`. */
export interface RowSource<Row> extends Source<Row>, KeyParts {}

/** A source whose rows are paged as lists of parents: see `Loaders.page`. */
export interface ListSource<Row> extends Source<Row>, ListParts {}

/** Declares a source of rows of a type. A spread of it, with another key or parent, is a source of the same type. */
export function source<Row>(parts: SourceParts & KeyParts & ListParts): RowSource<Row> & ListSource<Row>;
export function source<Row>(parts: SourceParts & KeyParts): RowSource<Row>;
export function source<Row>(parts: SourceParts & ListParts): ListSource<Row>;
export function source<Row>(parts: SourceParts): Source<Row> {
  // No value has the symbol: it only carries the type.
  return parts as Source<Row>;
}

/** Returns a select list: the columns of fields of a model, under Prisma's names. */
export function columns<Field extends string>(alias: string, fields: readonly Field[]): string {
  return fields.map((field) => `${alias}.${field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} as "${field}"`).join(', ');
}

/** The same fields for Prisma's `select`. */
export function selecting<Field extends string>(fields: readonly Field[]): { [Name in Field]: true } {
  return Object.fromEntries(fields.map((field) => [field, true])) as { [Name in Field]: true };
}

/** Returns the select lists of a source whose columns can be left out in groups. */
export function columnsInGroups(alias: string, always: readonly string[], groups: readonly (readonly string[])[]) {
  const lists = groups.map((fields) => ({ fields, columns: columns(alias, fields) }));
  return { columns: columns(alias, [...always, ...groups.flat()]), always: columns(alias, always), groups: lists };
}
