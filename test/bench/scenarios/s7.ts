import { isDeepStrictEqual } from 'node:util';
import { searchWords } from '../../../src/modules/message/generate/body.ts';
import type { BenchDatabase } from '../database.ts';
import { graphql, type Scenario } from '../scenario.ts';
import { type Json, largestConversations, uuid } from './rows.ts';
import { parleyPage } from './s1.ts';

const { rare, common, chinese } = searchWords;

/** The searched words. `bodies`: regular expressions that match the same messages. `found`: their number, if the generator gives it exactly. */
const searches: readonly { name: string; query: string; bodies: string[]; found?: number }[] = [
  { name: 'a word in ten messages', query: rare, bodies: [`\\m${rare}`], found: 10 },
  { name: 'a word in 30 % of them', query: common, bodies: [`\\m${common}`] },
  { name: 'two words of which one is rare', query: `${common} ${rare}`, bodies: [`\\m${common}`, `\\m${rare}`] },
  { name: 'two frequent words', query: `${common} the`, bodies: [`\\m${common}`, '\\mthe'] },
  { name: 'two Chinese characters', query: chinese, bodies: [chinese] },
  { name: 'one Chinese character', query: chinese.slice(0, 1), bodies: [chinese.slice(0, 1)] },
  { name: 'one Latin letter', query: 'a', bodies: ['\\ma'] },
];
const pageSize = 25;
const mostCounted = 10_000;

/** Finds a page and its total without the search: by comparing the bodies of the view. */
async function compared({ query, organizations }: BenchDatabase, bodies: readonly string[]): Promise<{ ids: string[]; total: number }> {
  const found = await query<{ id: string }>(
    `select id from visible_messages where organization_id = $1 and kind = 'NORMAL' and body ~* all($2) order by created_at desc, id desc limit ${mostCounted}`,
    [organizations.main?.id, bodies],
  );
  return { ids: found.slice(0, pageSize).map(({ id }) => id), total: found.length };
}

const totals = [
  { name: '', field: '' },
  { name: ', with its total', field: 'totalCount' },
];
const page = "S1's page";

const search = (total: string) =>
  `query($query: String!) { searchMessages(query: $query, first: ${pageSize}) { ${total} pageInfo { hasNextPage endCursor } edges { cursor node { id body createdAt } } } }`;

export const s7: Scenario = {
  id: 'S7',
  title: 'search of an organization, a page of 25; another organization has the rare word in many messages',
  roles: ['main', 'other'],
  cases: async (database) => {
    const key = database.organizations.main?.key;
    const measured = [];
    for (const { name, query, bodies, found } of searches) {
      const expected = await compared(database, bodies);
      if (expected.ids.length === 0 || (found ?? expected.total) !== expected.total)
        throw new Error(`${expected.total} messages have ${query}`);
      for (const total of totals) {
        measured.push({
          name: name + total.name,
          contender: 'parley' as const,
          calls: [graphql(search(total.field), { query }, key)],
          check: ({ data: { searchMessages } }: Json) => {
            const ids = searchMessages.edges.map(({ node }: Json) => uuid(node.id));
            const answer = { ids, total: searchMessages.totalCount ?? expected.total };
            if (!isDeepStrictEqual(answer, expected))
              throw new Error(`${query}: ${JSON.stringify(answer)}, not ${JSON.stringify(expected)}`);
          },
        });
      }
    }
    return [{ name: page, contender: 'parley', calls: parleyPage(key, await largestConversations(database)) }, ...measured];
  },
  targets: searches.flatMap(({ name }) =>
    totals.map((total) => ({ case: name + total.name, against: page, measure: 'p50' as const, atMost: 5 })),
  ),
};
