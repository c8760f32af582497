import { expect, test } from 'vitest';
import { reindex } from '../../../../src/modules/message/search-tokens/reindex.ts';
import { updateRetention } from '../../../../src/modules/organization/commands/update-retention.ts';
import { useApp } from '../../../support/harness.ts';
import { phoneLine } from '../../../support/lines.ts';

const parley = useApp();

test('rewrites the tokens of another version once, and clears those of redacted or deleted content', async () => {
  const tenant = await parley.tenant();
  await parley.importLines(tenant, [
    ...Array.from({ length: 2_500 }, (_, index) => phoneLine({ body: `word${index} needle` })),
    phoneLine({ body: 'old needle', createdAt: '2020-01-01T00:00:00Z' }),
  ]);
  await updateRetention(parley.app.database, tenant.id, 2_000);
  const { database } = parley.app;
  const stale = {
    label: 'test_stale',
    text: `update messages set search_vector = null, search_version = 0 where organization_id = $1`,
    values: [tenant.id],
  };
  await database.query(stale);
  const search = async () => {
    const { data } = await parley.graphql(tenant.key, '{ searchMessages(query: "needle") { totalCount } }');
    return data.searchMessages.totalCount;
  };
  expect(await search()).toBe(0);
  const progress: number[] = [];
  expect(await reindex(database, (done) => progress.push(done))).toBe(2_501);
  expect(progress).toEqual([2_000, 2_501]);
  expect(await search()).toBe(2_500);
  const [gone] = await database.query<{ count: number }>({
    label: 'test_gone',
    text: 'select count(*) from messages where organization_id = $1 and search_vector is null',
    values: [tenant.id],
  });
  expect(gone?.count).toBe(1);
  expect(await reindex(database, () => {})).toBe(0);
});
