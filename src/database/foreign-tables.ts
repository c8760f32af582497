import { OperatorError } from '../errors.ts';
import type { Queryable } from './database.ts';

const shown = 3;

/** Returns names of tables and views in the schema `public`, one more than a message shows. Those of extensions and the lists of migrations do not count. */
export async function otherTables(database: Queryable): Promise<string[]> {
  const rows = await database.query<{ name: string }>({
    label: 'foreign_tables',
    text: `select c.relname::text as name from pg_class c
      where c.relnamespace = to_regnamespace('public') and c.relkind in ('r', 'p', 'v', 'm', 'f')
        and c.relname not in ('_prisma_migrations', '_parley_migrations')
        and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
      order by c.relname limit ${shown + 1}`,
  });
  return rows.map(({ name }) => name);
}

/** Refuses to create Parley's tables beside those of another program. */
export function foreignDatabase(tables: readonly string[]): OperatorError {
  const names = [...tables.slice(0, shown), ...(tables.length > shown ? ['…'] : [])].join(', ');
  return new OperatorError(
    `the database has tables that are not Parley's (${names}): set DATABASE_URL to an empty database, or run "npm run -s parley -- migrate" to create Parley's tables beside them`,
  );
}
