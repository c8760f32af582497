// Pages by time alone. The schema splits no instant over two pages, so that the oldest or newest time of a page is where the next one begins.
import { z } from 'zod';
import { formatInstant, isInstant, parseInstant } from '../../instant.ts';
import { instant, integer } from '../wire.ts';

/** The SDK sends a null as nothing, others as its word. */
const absent = (given: unknown) => (given === '' || given === 'null' ? undefined : given);

export const timePage = z.object({
  limit: integer(1, 200)
    .default(50)
    .describe('How many messages to return; those that share an instant are not split over pages, even past it.'),
  before: z
    .preprocess((given) => roundedUp(absent(given)), instant().optional())
    .meta({ description: 'Before this instant alone. Empty or `null` counts as absent.', examples: ['2025-01-15T12:00:00Z'] }),
  after: z.preprocess(absent, instant().optional()).meta({
    description: 'After this instant alone; without `before`, those closest after it. Empty or `null` counts as absent.',
    examples: ['2025-01-15T11:00:00Z'],
  }),
});

/** What the schema calls its parameters. */
export const timeFields = { first: 'limit', last: 'limit', withTies: 'limit', 'filter.before': 'before', 'filter.after': 'after' };

type Query = z.output<typeof timePage>;

/** The newest that match; with `after` alone those closest after it, so that a client can walk forward too. */
export function timeVariables(query: Query) {
  const { limit, before, after } = query;
  return { ...(walksForward(query) ? { last: limit } : { first: limit }), filter: { before, after } };
}

export const timeRecipe = {
  first: 'query.after && !query.before ? undefined : query.limit',
  last: 'query.after && !query.before ? query.limit : undefined',
  filter: { before: 'query.before', after: 'query.after' },
};

interface Page<Item> {
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean };
  nodes: readonly Item[];
}

/** Newest first either way; `hasMore` looks where the walk goes. */
export function presentTimePage<Item, Presented>({ nodes, pageInfo }: Page<Item>, query: Query, present: (item: Item) => Presented) {
  return { data: nodes.map(present), hasMore: walksForward(query) ? pageInfo.hasPreviousPage : pageInfo.hasNextPage };
}

function walksForward({ before, after }: Query): boolean {
  return after !== undefined && before === undefined;
}

/** Digits beyond the millisecond are cut elsewhere; what came before such an instant includes the millisecond that it lies in. */
function roundedUp(given: unknown): unknown {
  if (typeof given !== 'string' || !/\.\d{3}\d*[1-9]\d*\D/.test(given)) return given;
  const cut = parseInstant(given.replace(/ (?=\d\d:\d\d$)/, '+'));
  return cut && isInstant(cut.getTime() + 1) ? formatInstant(new Date(cut.getTime() + 1)) : given;
}
