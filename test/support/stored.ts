import type { Database } from '../../src/database/database.ts';

/** Returns all stored rows of an organization as text, by table, to check that nothing changed. */
export async function stored(database: Database, organizationId: string): Promise<Record<string, string[]>> {
  const tables = await database.query<{ name: string }>({
    label: 'stored_tables',
    text: `select table_name as name from information_schema.columns join information_schema.tables using (table_schema, table_name)
      where table_schema = 'public' and column_name = 'organization_id' and table_type = 'BASE TABLE' order by 1`,
  });
  const rows: Record<string, string[]> = {};
  for (const { name } of tables) {
    const text = `select t::text as row from ${name} t where organization_id = $1 order by 1`;
    rows[name] = (await database.query<{ row: string }>({ label: 'stored_rows', text, values: [organizationId] })).map(({ row }) => row);
  }
  const text = 'select t::text as row from organizations t where id = $1';
  rows.organizations = (await database.query<{ row: string }>({ label: 'stored_rows', text, values: [organizationId] })).map(
    ({ row }) => row,
  );
  return rows;
}
