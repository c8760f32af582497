// Plans of a search of an organization, with and without PostgreSQL's statistics of the tokens.
import { beforeAll, describe, expect, test } from 'vitest';
import { encodeCursor, orderings, type Position } from '../../../src/values/cursor.ts';
import { explainEach, type PlanNode } from '../../support/explain.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { type Stored, storeMany } from './many-messages.ts';

const parley = useApp();
const size = 40_000;
let tenant: Tenant;
let middle: Position;

const byTime = 'messages_by_time';
const byTokens = 'messages_search_tokens';

/** The most messages that each case may read: its sample of 1,000, its page by one index, and its total by one index. */
const cases = [
  { name: 'a word in ten messages', query: 'zeppelin', page: [byTokens, 10], total: [byTokens, 10] },
  { name: 'a word in 30 % of them', query: 'appointment', page: [byTime, 100], total: [byTime, 34_000] },
  { name: 'two words of which one is rare', query: 'appointment zeppelin', page: [byTokens, 10], total: [byTokens, 10] },
  { name: 'two Chinese characters, in 1 % of them', query: '预约', page: [byTime, 3_000], total: [byTokens, size / 100] },
  { name: 'one Chinese character', query: '预', page: [byTime, 3_000], total: [byTokens, size / 100] },
  { name: 'one letter', query: 'a', page: [byTime, 100], total: [byTime, 34_000] },
  { name: 'two frequent words', query: 'appointment message', page: [byTime, 100], total: [byTime, 34_000] },
  { name: 'a word of another organization', query: 'elsewhere', page: [byTokens, 0], total: [byTokens, 0] },
  { name: 'a word in 1,000 of the oldest messages', query: 'former', page: [byTokens, 1_000], total: [byTokens, 1_000] },
] as const;

function bodyOf(index: number): string {
  return [
    `message ${index}`,
    index % 10 < 3 && 'appointment',
    index % 4_000 === 1_000 && 'zeppelin',
    index % 100 === 50 && '您的预约已确认',
    index < 1_000 && 'former',
  ]
    .filter(Boolean)
    .join(' ');
}

async function sql(text: string): Promise<void> {
  await parley.app.database.query({ label: 'test_plans', text, replanned: true });
}

/** The number of messages that a plan reads, without those that an index alone knows. */
function read(nodes: readonly PlanNode[]): number {
  return nodes
    .filter((node) => node['Relation Name'] === 'messages' && node['Node Type'] !== 'Index Only Scan')
    .map(
      (node) =>
        node['Actual Loops'] * (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)),
    )
    .reduce((sum, each) => sum + each, 0);
}

function indexes(nodes: readonly PlanNode[]): string[] {
  const read = nodes.filter(
    (node) => node['Actual Loops'] > 0 && node['Relation Name'] !== 'organizations' && node['Node Type'] !== 'Index Only Scan',
  );
  return read.flatMap(
    (node) => node['Index Name'] ?? (node['Relation Name'] === 'messages' && node['Node Type'] === 'Seq Scan' ? 'none' : []),
  );
}

describe.runIf(process.env.TEST_DATABASE_URL)('a search', () => {
  beforeAll(async () => {
    await sql('alter table messages alter column search_tokens set statistics 0');
    const other = await parley.tenant();
    await storeMany(
      parley,
      other,
      Array.from({ length: 3_000 }, (_, index) => `elsewhere ${index % 2 ? 'zeppelin' : ''}`),
    );
    tenant = await parley.tenant();
    const stored = await storeMany(
      parley,
      tenant,
      Array.from({ length: size }, (_, index) => bodyOf(index)),
    );
    const { id, createdAt: time } = stored[size / 2] as Stored;
    middle = { id, time };
    await sql('vacuum analyze messages');
  }, 240_000);

  const check =
    (counted: boolean) =>
    async ({ query, page, total }: (typeof cases)[number]) => {
      const document = `query ($query: String!) { searchMessages(query: $query, first: 25) { ${counted ? 'totalCount' : ''} nodes { id } } }`;
      const ask = async () => expect((await parley.graphql(tenant.key, document, { query })).errors).toBeUndefined();
      const [sample, ...pages] = await explainEach(parley.app, ['search_sample', 'messages'], ask);
      expect(sample?.label).toBe('search_sample');
      expect(indexes(sample?.nodes ?? [])).toEqual([byTime]);
      expect(read(sample?.nodes ?? [])).toBeLessThanOrEqual(1_000);
      const nodes = pages.flatMap((each) => each.nodes);
      expect(new Set(indexes(nodes))).toEqual(new Set(counted ? [page[0], total[0]] : [page[0]]));
      expect(read(nodes)).toBeLessThanOrEqual(counted ? page[1] + total[1] : page[1]);
      // In the order of the index, only the page itself is sorted.
      if (page[0] === byTime)
        for (const sort of nodes.filter((node) => node['Node Type'] === 'Sort'))
          expect(sort.Plans?.[0]?.['Actual Rows']).toBeLessThanOrEqual(26);
    };

  test.each(['ASC', 'DESC'])('reads few messages to find out that the page has messages before it: %s', async (direction) => {
    const document = `query ($after: String) { searchMessages(query: "appointment", first: 25, after: $after, orderBy: { field: CREATED_AT, direction: ${direction} }) {
      pageInfo { hasPreviousPage } } }`;
    // In the middle: PostgreSQL then expects so many messages before it that it would look for one anywhere in the table.
    const after = encodeCursor({ mark: orderings.messageCreatedAt, descending: direction === 'DESC' }, middle);
    const [page] = await explainEach(parley.app, ['messages'], async () => {
      const { data } = await parley.graphql(tenant.key, document, { after });
      expect(data.searchMessages.pageInfo).toEqual({ hasPreviousPage: true });
    });
    expect(indexes(page?.nodes ?? [])).toEqual([byTime, byTime]);
    expect(read(page?.nodes ?? [])).toBeLessThanOrEqual(120);
  });

  describe('without statistics of the tokens', () => {
    test.each(cases)('reads few messages for a page: $name', check(false));
    test.each(cases)('reads few messages for a page and its total: $name', check(true));
  });

  describe('with statistics of the tokens', () => {
    beforeAll(async () => {
      await sql('alter table messages alter column search_tokens set statistics -1');
      await sql('analyze messages');
    });
    test.each(cases)('reads few messages for a page: $name', check(false));
    test.each(cases)('reads few messages for a page and its total: $name', check(true));
  });
});
