import { beforeAll } from 'vitest';

/** Fails every test of a file, with a sentence, without a PostgreSQL server: the embedded database runs in this process and holds it up. */
export function needsPostgres(): void {
  beforeAll(() => {
    if (!process.env.TEST_DATABASE_URL) throw new Error('this test needs a PostgreSQL server: set TEST_DATABASE_URL to its URL');
  });
}
