import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';

/** A table, and the file that has its rows. */
interface TableFile {
  table: string;
  file: string;
}

/** Writes every table of a database that has rows into a file. */
export async function copyOut(url: string, folder: string): Promise<TableFile[]> {
  return connected(url, async (client) => {
    const { rows } = await client.query<{ table: string }>(
      "select quote_ident(relname) as table from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not in ('_prisma_migrations', '_parley_migrations', 'event_ranges')",
    );
    const tables = rows.map(({ table }, index) => ({ table, file: join(folder, `${index}.copy`) }));
    for (const { table, file } of tables) await pipeline(client.query(to(`copy ${table} to stdout`)), createWriteStream(file));
    return tables;
  });
}

/**
 * Reads the files into a database that has the same tables. Needs a superuser: conversations and messages refer to each other, so that no order of the tables
 * would satisfy their foreign keys. @returns the seconds it took
 */
export async function copyIn(url: string, tables: readonly TableFile[]): Promise<number> {
  return connected(url, async (client) => {
    await client.query('set session_replication_role = replica');
    const begun = performance.now();
    for (const { table, file } of tables) await pipeline(createReadStream(file), client.query(from(`copy ${table} from stdin`)));
    return (performance.now() - begun) / 1000;
  });
}

async function connected<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
