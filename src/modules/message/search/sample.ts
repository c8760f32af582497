import type { Queryable, Statement } from '../../../database/database.ts';
import type { Bind, Page } from '../../../database/keyset.ts';
import { comparing, conditionsOf, inRange, type Search } from './search.ts';

/** The most messages of a sample. PostgreSQL compares them with a word in less than a millisecond. */
export const sampleSize = 1_000;
/** The most terms that are counted one by one. */
const maxCountedTerms = 8;

/** The number of messages at the beginning of a page, and how many of them have the words of a search. */
export interface Sample {
  messages: number;
  /** Those that the search finds. */
  matching: number;
  /** Those that have each of the first terms. */
  having: number[];
}

/** Reads the messages from which a page would be read, at most `sampleSize`. */
export async function readSample(database: Queryable, organizationId: string, search: Search, page: Page): Promise<Sample> {
  const [sample] = await database.query<Sample>(sampleStatement(organizationId, search, page));
  if (sample === undefined) throw new Error('an aggregate returns a row');
  return sample;
}

function sampleStatement(organizationId: string, search: Search, page: Page): Statement {
  const values: unknown[] = [];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const organization = bind(organizationId);
  const counted = (conditions: readonly string[]) => `count(*) filter (where ${conditions.join(' and ')})::int`;
  const matching = counted([...conditionsOf(search, bind, organization), comparing(search, search.terms, bind)]);
  const having = search.terms.slice(0, maxCountedTerms).map((term) => counted([comparing(search, [term], bind)]));
  return {
    label: 'search_sample',
    shaped: true,
    text: `select count(*)::int as messages, ${matching} as matching, array[${having.join(', ')}] as having
      from (select m.* ${inRange(search, page, bind, organization)} limit ${sampleSize}) m`,
    values,
  };
}
