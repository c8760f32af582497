import type { Server } from 'node:http';

/** The database, as every contender but Parley gets it. The application's name tells its connections from the others'. */
export const connectionString = process.env.BENCH_DATABASE_URL ?? '';

/** The organization that is measured. */
export const organizationId = process.env.BENCH_ORGANIZATION ?? '';

/** Listens on the port that the bench has chosen. */
export function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(Number(process.env.PORT), '127.0.0.1', () => resolve()));
}
