import { afterEach, describe, expect, test, vi } from 'vitest';
import { whileAlone } from '../../src/database/while-alone.ts';
import { clearExpiredTokens } from '../../src/modules/message/search-tokens/clear-expired-tokens.ts';
import { reindex } from '../../src/modules/message/search-tokens/reindex.ts';
import { updateRetention } from '../../src/modules/organization/commands/update-retention.ts';
import { searchTokensLock } from '../../src/workers/search-tokens.ts';
import { databaseUrl, gateway } from '../support/gateway.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';

const parley = useApp();
const old = '2020-01-01T00:00:00Z';
const patience = { timeout: 20_000, interval: 50 };
const recent = new Date().toISOString();

/** Returns the bodies of the messages that have search tokens. */
async function searchable({ id }: Tenant): Promise<(string | null)[]> {
  const rows = await parley.app.database.query<{ body: string | null }>({
    label: 'test_searchable',
    text: 'select body from messages where organization_id = $1 and search_vector is not null order by body',
    values: [id],
  });
  return rows.map(({ body }) => body);
}

/** Returns all other stored columns of an organization's messages. */
function withoutTokens({ id }: Tenant): Promise<object[]> {
  return parley.app.database.query({
    label: 'test_without_tokens',
    text: `select to_jsonb(m) - 'search_vector' - 'search_tokens' as message from messages m where organization_id = $1 order by id`,
    values: [id],
  });
}

function importOldAndRecent(tenant: Tenant): Promise<void> {
  return parley.importLines(tenant, [
    ...Array.from({ length: 3 }, (_, index) => phoneLine({ body: `old ${index}`, createdAt: old })),
    phoneLine({ body: 'recent', createdAt: recent }),
  ]);
}

afterEach(async () => {
  for (const worker of parley.app.workers) await worker.stop();
});

async function startWorkers(): Promise<void> {
  for (const worker of parley.app.workers) await worker.start();
}

describe('a pass', () => {
  test('clears only the tokens of messages past their window', async () => {
    const tenant = await parley.tenant();
    const other = await parley.tenant();
    for (const each of [tenant, other]) await importOldAndRecent(each);
    await updateRetention(parley.app.database, tenant.id, 365);
    const before = await withoutTokens(tenant);
    expect(await clearExpiredTokens(parley.app.database)).toBe(3);
    expect(await searchable(tenant)).toEqual(['recent']);
    expect(await withoutTokens(tenant)).toEqual(before);
    expect(await searchable(other)).toEqual(['old 0', 'old 1', 'old 2', 'recent']);
    expect(await clearExpiredTokens(parley.app.database)).toBe(0);
  });

  test('works in batches of limited size', async () => {
    const tenant = await parley.tenant();
    const lines = Array.from({ length: 2_500 }, (_, index) => phoneLine({ body: `many ${index}`, createdAt: old }));
    await parley.importLines(tenant, lines);
    await updateRetention(parley.app.database, tenant.id, 365);
    const labels = await parley.statements(() => clearExpiredTokens(parley.app.database));
    expect(labels).toEqual(['search_tokens_clear', 'search_tokens_clear', 'search_tokens_clear']);
    expect(await searchable(tenant)).toEqual([]);
  });

  test('is final: neither a longer window nor a reindex restores the tokens', async () => {
    const tenant = await parley.tenant();
    await importOldAndRecent(tenant);
    await updateRetention(parley.app.database, tenant.id, 365);
    await clearExpiredTokens(parley.app.database);
    await updateRetention(parley.app.database, tenant.id, null);
    await parley.app.database.query({
      label: 'test_stale',
      text: 'update messages set search_version = 0 where organization_id = $1',
      values: [tenant.id],
    });
    expect(await reindex(parley.app.database, () => {})).toBe(4);
    expect(await searchable(tenant)).toEqual(['recent']);
    await importOldAndRecent(tenant);
    expect(await searchable(tenant)).toEqual(['recent', 'recent']);
  });
});

describe('the worker', () => {
  test('makes a pass when it starts, and when a window changes', async () => {
    const tenant = await parley.tenant();
    const other = await parley.tenant();
    for (const each of [tenant, other]) await importOldAndRecent(each);
    await updateRetention(parley.app.database, tenant.id, 365);
    await startWorkers();
    await vi.waitFor(async () => expect(await searchable(tenant)).toEqual(['recent']), patience);
    expect(await searchable(other)).toHaveLength(4);
    await updateRetention(parley.app.database, other.id, 365);
    await vi.waitFor(async () => expect(await searchable(other)).toEqual(['recent']), patience);
  });

  test.runIf(process.env.TEST_DATABASE_URL)('does nothing while another gateway makes a pass', async () => {
    const tenant = await parley.tenant();
    await importOldAndRecent(tenant);
    await updateRetention(parley.app.database, tenant.id, 365);
    const other = await gateway(await databaseUrl(parley.app));
    await whileAlone(other.database, searchTokensLock, async () => {
      const begun = parley.logged.length;
      await startWorkers();
      await vi.waitFor(
        () => expect(parley.logged.slice(begun)).toContainEqual(expect.objectContaining({ statement: 'work_lock' })),
        patience,
      );
      for (const worker of parley.app.workers) await worker.stop();
      expect(parley.logged.slice(begun)).not.toContainEqual(expect.objectContaining({ statement: 'search_tokens_clear' }));
      expect(await searchable(tenant)).toHaveLength(4);
    });
    await other.close();
    await startWorkers();
    await vi.waitFor(async () => expect(await searchable(tenant)).toEqual(['recent']), patience);
  });
});
