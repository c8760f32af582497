import { searchWords } from '../../../src/modules/message/generate/body.ts';
import { graphql, type Scenario } from '../scenario.ts';
import { type Json, largestConversations } from './rows.ts';
import { parleyPage } from './s1.ts';

const { rare, common, chinese } = searchWords;

/** The searched words. `found`: the number of messages that have them, if the generator gives it exactly. */
const searches: readonly { name: string; query: string; found?: number }[] = [
  { name: 'a word in ten messages', query: rare, found: 10 },
  { name: 'a word in 30 % of them', query: common },
  { name: 'two words of which one is rare', query: `${common} ${rare}` },
  { name: 'two Chinese characters', query: chinese },
  { name: 'one Chinese character', query: chinese.slice(0, 1) },
  { name: 'one Latin letter', query: 'a' },
];
const totals = [
  { name: '', field: '' },
  { name: ', with its total', field: 'totalCount' },
];
const page = "S1's page";

const search = (total: string) =>
  `query($query: String!) { searchMessages(query: $query, first: 25) { ${total} pageInfo { hasNextPage endCursor } edges { cursor node { id body createdAt } } } }`;

export const s7: Scenario = {
  id: 'S7',
  title: 'search of an organization, a page of 25; another organization has the rare word in many messages',
  roles: ['main', 'other'],
  cases: async (database) => {
    const key = database.organizations.main?.key;
    return [
      { name: page, contender: 'parley', calls: parleyPage(key, await largestConversations(database)) },
      ...searches.flatMap(({ name, query, found }) =>
        totals.map((total) => ({
          name: name + total.name,
          contender: 'parley' as const,
          calls: [graphql(search(total.field), { query }, key)],
          check: ({ data: { searchMessages } }: Json) => {
            const { edges, totalCount } = searchMessages;
            if (edges.length === 0) throw new Error(`no message has ${query}`);
            if (found !== undefined && (totalCount ?? edges.length) !== found)
              throw new Error(`${found} messages have ${query}, not ${totalCount}`);
          },
        })),
      ),
    ];
  },
  targets: searches.flatMap(({ name }) =>
    totals.map((total) => ({ case: name + total.name, against: page, measure: 'p50' as const, atMost: 5 })),
  ),
};
