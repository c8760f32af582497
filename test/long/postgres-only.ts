import { beforeAll } from 'vitest';

/** Fails every test of a file if there is no PostgreSQL server. The embedded database runs in this process and would block it. */
export function needsPostgres(): void {
  beforeAll(() => {
    if (!process.env.TEST_DATABASE_URL) throw new Error('this test needs a PostgreSQL server: set TEST_DATABASE_URL to its URL');
  });
}
