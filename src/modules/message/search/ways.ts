import { type Sample, sampleSize } from './sample.ts';

/** A way to find the messages of a search: `time` compares them in the order of the list, `index` reads all that have the rare words and sorts them. */
type Way = 'time' | 'index';

export interface Ways {
  page: Way;
  /** By `time`: the number of messages after which the page gives up; null: no limit. */
  within: number | null;
  total: Way;
  /** The terms that are looked up in the index. */
  indexed: readonly string[];
}

/** The fewest matches from which a sample's share is taken for that of the messages after it. */
const leastMatches = 4;
/** The most messages that a page compares. To read all that have a word in fewer of them takes as long. */
const mostCompared = 10_000;
/** The share of matching messages times that of messages with the rarest term, from which 10,000 matches are counted faster without the index. */
const countedInOrder = 0.01;
/** A term with so many times the messages of the rarest term costs more to look up than to compare. */
const timesRarest = 10;
/** If so many messages of the sample match, terms that more than `fewIndexed` of it have are compared, too: matches are found soon. */
const manyMatches = 20;
const fewIndexed = 100;

/**
 * Chooses from a sample, because PostgreSQL's statistics cannot say how common the words of one organization among many are. `wanted`: the number of matches
 * until the page is full. `mayGiveUp`: false if a limit would hide messages that the page's flags depend on.
 */
export function chooseWays(terms: readonly string[], { messages, matching, having }: Sample, wanted: number, mayGiveUp: boolean): Ways {
  const rarest = Math.max(Math.min(...having), 0.5);
  const most = matching >= manyMatches ? Math.max(rarest, Math.min(rarest * timesRarest, fewIndexed)) : rarest * timesRarest;
  const indexed = terms.filter((_term, index) => (having[index] ?? Number.POSITIVE_INFINITY) <= most);
  const total = matching > 0 && matching * rarest >= countedInOrder * messages ** 2 ? 'time' : 'index';
  // All of the list, or enough for the page.
  if (messages < sampleSize || matching >= wanted) return { page: 'time', within: null, total, indexed };
  const expected = Math.ceil((wanted * messages) / matching);
  const isClose = mayGiveUp && matching >= leastMatches && expected <= mostCompared;
  return isClose ? { page: 'time', within: 2 * expected, total, indexed } : { page: 'index', within: null, total, indexed };
}
