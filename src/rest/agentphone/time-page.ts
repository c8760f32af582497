// Pages by `receivedAt` alone: its digits behind the milliseconds tell messages of one instant apart, so that a bound is a place in the list.
import { z } from 'zod';
import { integer } from '../kit/wire.ts';
import { known } from '../kit/words.ts';
import { parseIso8601 } from './iso-8601.ts';
import { greatestRank, rankOf } from './received-at.ts';

/** An absent bound: the SDK sends a null as an empty text, other clients as the word. */
const absent = (given: unknown) => (given === '' || given === 'null' ? undefined : given);

const bound = z.string().transform((given, context) => {
  const parsed = parseIso8601(given);
  if (parsed !== null) return { instant: parsed.instant, ...rankOf(parsed.finer) };
  context.addIssue({ code: 'custom', message: 'must be an ISO 8601 date-time or date' });
  return z.NEVER;
});

const format =
  'A `receivedAt` as it was given, or any ISO 8601 date-time or date: UTC where it has no offset; basic format, a space for the `T`, and a time without seconds are fine. Empty or `null` counts as absent.';

export const timePage = z.object({
  limit: integer(1, 200).default(50).describe('How many messages to return at most.'),
  before: z.preprocess(absent, bound.optional()).meta({
    type: 'string',
    description: `Messages received before this. ${format}`,
    examples: ['2025-01-15T12:00:00.000001Z'],
  }),
  after: z.preprocess(absent, bound.optional()).meta({
    type: 'string',
    description: `Messages received after this; without \`before\`, those closest after it. ${format}`,
    examples: ['2025-01-15T11:00:00.000000Z'],
  }),
});

/** The parameters by their GraphQL arguments. */
export const timeFields = { first: 'limit', last: 'limit', 'filter.sentBefore': 'before', 'filter.sentAfter': 'after' };

type Query = z.output<typeof timePage>;

/** The newest that match; with `after` alone those closest after it, so that a client can walk forward too. */
export function timeVariables(query: Query) {
  const { limit, before, after } = query;
  return {
    ...(walksForward(query) ? { last: limit } : { first: limit }),
    filter: {
      sentBefore: before?.instant,
      // Digits that no rank has lie between two ranks: the lower one is before them.
      sentBeforeRank: before && (before.exact ? before.rank : Math.min(before.rank + 1, greatestRank)),
      sentAfter: after?.instant,
      sentAfterRank: after?.rank,
    },
  };
}

const isGiven = (name: 'before' | 'after') => `query.${name} && query.${name} !== "null"`;
const ifGiven = (name: 'before' | 'after', read: string) => `${isGiven(name)} ? ${read}(query.${name}) : undefined`;
const forward = `(${isGiven('after')}) && !(${isGiven('before')})`;

/** The same as `timeVariables`, for a `receivedAt` as it was given. */
export const timeRecipe = {
  first: `${forward} ? undefined : query.limit`,
  last: `${forward} ? query.limit : undefined`,
  filter: {
    sentBefore: ifGiven('before', 'instantOf'),
    sentBeforeRank: ifGiven('before', 'rankOf'),
    sentAfter: ifGiven('after', 'instantOf'),
    sentAfterRank: ifGiven('after', 'rankOf'),
  },
};

interface Page<Item> {
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean };
  nodes: readonly Item[];
}

/** Newest first either way; `hasMore` looks where the walk goes. */
export function presentTimePage<Item, Presented>(page: Page<Item> | null, query: Query, present: (item: Item) => Presented) {
  const { nodes, pageInfo } = known(page);
  return { data: nodes.map(present), hasMore: walksForward(query) ? pageInfo.hasPreviousPage : pageInfo.hasNextPage };
}

function walksForward({ before, after }: Query): boolean {
  return after !== undefined && before === undefined;
}
