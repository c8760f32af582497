// Totals of filtered lists of conversations: counted up to 10,000, in GraphQL and in Ziik's pages.
import { beforeAll, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { ask } from './conversations.ts';

const parley = useApp();
const many = 10_050;
let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.app.database.query({
    label: 'test_many_conversations',
    text: `with made as (insert into conversations (organization_id, id, number, type, external_id, last_message_at, created_at)
        select $1, gen_random_uuid(), next_number($1), 'GROUP', 'chat ' || nth, now(), now() from generate_series(1, $2::int) nth returning 1)
      insert into conversation_counts (organization_id, type, conversations) select $1, 'GROUP', count(*) from made`,
    values: [tenant.id, many],
  });
});

test('a filtered total stops at 10,000; without a filter, or with types only, it is exact', async () => {
  const answer = await ask(
    parley,
    tenant.key,
    `{ all: conversations { totalCount } ofTypes: conversations(filter: { types: [GROUP] }) { totalCount }
      filtered: conversations(filter: { archived: false }) { totalCount } none: conversations(filter: { archived: true }) { totalCount } }`,
  );
  expect(answer).toEqual({
    all: { totalCount: many },
    ofTypes: { totalCount: many },
    filtered: { totalCount: 10_000 },
    none: { totalCount: 0 },
  });
});

test.each([
  // Of 100 a page: 10,000 are 100 pages, and 10,050 are 101.
  [99, { current: 99, last: 100, to: 9_900 }, true],
  [100, { current: 100, last: 101, to: 10_000 }, true],
  [101, { current: 101, last: 101, to: 10_050 }, false],
])('Ziik: page %i has a next page even past the capped total', async (page, { current, last, to }, followed) => {
  const response = await parley.fetch(`/ziik/conversations?status=normal&limit=100&page=${page}`, tenant.key);
  const { links, meta } = (await response.json()) as { links: Record<string, string | null>; meta: object };
  expect(meta).toMatchObject({ current_page: current, last_page: last, to, total: 10_000 });
  expect(links.last).toContain(`page=${last}`);
  expect(links.next === null).toBe(!followed);
});
