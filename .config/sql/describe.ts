// Prepares statements on the scratch database: the columns that they return.
import { type PGlite, protocol } from '@electric-sql/pglite';

export interface Column {
  name: string;
  type: string;
  /** The values of an enum type. */
  values: string[] | null;
  /** False only for a column of a table that is declared not null and comes through no outer join. */
  nullable: boolean;
}

interface Field {
  name: string;
  tableID: number;
  columnID: number;
  dataTypeID: number;
}

/** Prepares statements on one database, one after the other: requests of the protocol must not mix. */
export class Describer {
  readonly #scratch: PGlite;
  readonly #catalog: Catalog;
  readonly #viewFields = new Map<string, Field[]>();

  private constructor(scratch: PGlite, catalog: Catalog) {
    this.#scratch = scratch;
    this.#catalog = catalog;
  }

  static async on(scratch: PGlite): Promise<Describer> {
    return new Describer(scratch, await readCatalog(scratch));
  }

  /** Describes the columns that a statement returns. @throws the database's error for a wrong statement */
  async columnsOf(text: string): Promise<Column[]> {
    const outer = outerJoined(text);
    const columns: Column[] = [];
    for (const field of await this.#fieldsOf(text)) {
      const type = this.#catalog.types.get(field.dataTypeID) ?? { type: `type ${field.dataTypeID}`, values: null };
      columns.push({ name: field.name, ...type, nullable: await this.#isNullable(field, outer) });
    }
    return columns;
  }

  async #fieldsOf(text: string): Promise<Field[]> {
    const { serialize } = protocol;
    const request = Buffer.concat([serialize.parse({ text }), serialize.describe({ type: 'S' }), serialize.sync()]);
    const { messages } = await this.#scratch.execProtocol(request, { syncToFs: false });
    const description = messages.find(({ name }) => name === 'rowDescription') as { fields: Field[] } | undefined;
    return description?.fields ?? [];
  }

  /** A column of a view is as nullable as the column that the view's own statement returns. */
  async #isNullable({ tableID, columnID }: Field, outer: ReadonlySet<string>): Promise<boolean> {
    const found = this.#catalog.columns.get(`${tableID}.${columnID}`);
    if (found === undefined || outer.has(found.relation)) return true;
    const { relation, view, required } = found;
    if (view === null) return !required;
    const fields = this.#viewFields.get(relation) ?? (await this.#fieldsOf(view));
    this.#viewFields.set(relation, fields);
    const origin = fields[columnID - 1];
    return origin === undefined || this.#isNullable(origin, outerJoined(view));
  }
}

interface Catalog {
  /** By OID. */
  types: Map<number, Pick<Column, 'type' | 'values'>>;
  /** By the OID of the relation and the number of the column. `view`: the statement of a view. */
  columns: Map<string, { relation: string; required: boolean; view: string | null }>;
}

async function readCatalog(scratch: PGlite): Promise<Catalog> {
  const types = await scratch.query<{ oid: number; type: string; values: string[] | null }>(
    `select oid, format_type(oid, null) as type, (select array_agg(enumlabel::text order by enumsortorder) from pg_enum where enumtypid = t.oid) as values
      from pg_type t`,
  );
  const columns = await scratch.query<{ key: string; relation: string; required: boolean; view: string | null }>(
    `select c.oid || '.' || a.attnum as key, c.relname::text as relation, a.attnotnull as required, case when c.relkind = 'v' then pg_get_viewdef(c.oid) end as view
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
      where c.relkind in ('r', 'v') and c.relnamespace in ('public'::regnamespace, pg_my_temp_schema())`,
  );
  return {
    types: new Map(types.rows.map(({ oid, ...type }) => [oid, type])),
    columns: new Map(columns.rows.map(({ key, ...column }) => [key, column])),
  };
}

/** Names after an outer join, or within its subquery: their columns may be null. A table that is joined both ways counts, too. */
function outerJoined(text: string): Set<string> {
  const names = new Set<string>();
  for (const { index, 0: found } of text.matchAll(/\b(?:left|right|full)\s+(?:outer\s+)?join\s+(?:lateral\s*)?/gi)) {
    const rest = text.slice(index + found.length);
    const part = rest.startsWith('(') ? rest.slice(0, closing(rest)) : (/^[\w."]+/.exec(rest)?.[0] ?? '');
    for (const name of part.match(/\w+/g) ?? []) names.add(name.toLowerCase());
  }
  return names;
}

function closing(text: string): number {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '(') depth += 1;
    if (text[index] === ')') depth -= 1;
    if (depth === 0) return index;
  }
  return text.length;
}
