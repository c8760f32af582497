// On a server, the setting that decides whether PostgreSQL plans a statement for its values.
import { describe, expect, test } from 'vitest';
import type { Queryable } from '../../src/database/database.ts';
import { useApp } from '../support/harness.ts';

describe.runIf(process.env.TEST_DATABASE_URL)('PostgreSQL plans', () => {
  const parley = useApp();

  const planning = async (database: Queryable, replanned = false) => {
    const [row] = await database.query<{ planning: string }>({
      label: 'test_planning',
      text: "select current_setting('plan_cache_mode') as planning",
      replanned,
    });
    return row?.planning;
  };
  /** More often than the pool has connections, so that each way follows the others on some of them. */
  const times = Array.from({ length: 12 });

  test('a prepared statement once, others for their values, and chooses in transactions and sessions', async () => {
    const { database } = parley.app;
    for (const _ of times) {
      expect(await planning(database)).toBe('force_generic_plan');
      expect(await planning(database, true)).toBe('auto');
      expect(await database.transaction((tx) => planning(tx))).toBe('auto');
      expect(await planning(database, true)).toBe('auto');
      expect(await database.session((session) => planning(session))).toBe('auto');
    }
    expect(await planning(database)).toBe('force_generic_plan');
  });

  test('a prepared statement once after a transaction was rolled back', async () => {
    const { database } = parley.app;
    await Promise.all(
      times.map(async () => {
        await planning(database, true);
        await expect(
          database.transaction(async (tx) => {
            await planning(tx);
            throw new Error('rolled back');
          }),
        ).rejects.toThrow('rolled back');
        expect(await planning(database)).toBe('force_generic_plan');
        expect(await planning(database, true)).toBe('auto');
      }),
    );
  });
});
