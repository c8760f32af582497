import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { repeated } from './conflicts.ts';
import type { Connection, Connections } from './postgres-connections.ts';
import { labelOf, type SqlRunner } from './prisma.ts';

/** Prisma outside transactions: each statement waits for a connection of the gateway's own. */
export function prismaOnPool(connections: Connections): PrismaPg {
  return prismaOver((config) => repeated(() => connections.use(null, (connection) => connection.query(config))));
}

/** Prisma inside the transaction of a connection. Its statements are shaped: their text depends on the fields that a client sets. */
export function prismaOnConnection(connection: Connection): Promise<SqlRunner> {
  const nameOf = (text: string) => connection.nameOf({ label: labelOf(text), text, shaped: true });
  return prismaOver((config) => connection.query({ ...config, name: nameOf(config.text) })).connect();
}

/** Prisma passes on errors that it does not know, such as UnavailableError. */
function prismaOver(query: (config: pg.QueryConfig) => Promise<pg.QueryResult>): PrismaPg {
  const ignore = () => {};
  // PrismaPg makes a pool of its own unless it gets an instance of pg.Pool.
  return new PrismaPg(Object.assign(Object.create(pg.Pool.prototype) as pg.Pool, { query, on: ignore, removeListener: ignore }));
}
