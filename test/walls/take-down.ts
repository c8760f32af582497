// Takes walls down in the database of a test, and puts them up again.
import type { Database } from '../../src/database/database.ts';

const run = (database: Database, text: string) => database.transaction((tx) => tx.script(text));

/** Runs `work` while a relation's name is a view: a query over the relation under its new name. */
export async function lying<Result>(
  database: Database,
  name: string,
  query: (behind: string) => string,
  work: () => Promise<Result>,
): Promise<Result> {
  const [relation] = await database.query<{ kind: string }>({
    label: 'test_kind',
    text: 'select relkind::text as kind from pg_class where oid = $1::text::regclass',
    values: [name],
  });
  const kind = relation?.kind === 'v' ? 'view' : 'table';
  const behind = `${name}_behind`;
  await run(database, `alter ${kind} ${name} rename to ${behind}; create view ${name} as ${query(behind)}`);
  try {
    return await work();
  } finally {
    await run(database, `drop view ${name}; alter ${kind} ${behind} rename to ${name}`);
  }
}

/** Returns the columns of a relation in their order, some replaced by other SQL. */
export async function columnsBut(database: Database, name: string, other: Record<string, string>): Promise<string> {
  const rows = await database.query<{ column: string; type: string }>({
    label: 'test_columns',
    text: `select a.attname::text as column, format_type(a.atttypid, a.atttypmod) as type from pg_attribute a
      where a.attrelid = $1::text::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`,
    values: [name],
  });
  return rows
    .map(({ column, type }) => (other[column] === undefined ? `"${column}"` : `(${other[column]})::${type} as "${column}"`))
    .join(', ');
}

/** Returns every table and view with a column for the organization. */
export async function ownedRelations(database: Database): Promise<string[]> {
  const rows = await database.query<{ name: string }>({
    label: 'test_relations',
    text: `select distinct table_name::text as name from information_schema.columns where table_schema = 'public' and column_name = 'organization_id' order by 1`,
  });
  return rows.map(({ name }) => name);
}
