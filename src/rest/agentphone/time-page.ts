// Pages by `receivedAt` alone. Its digits after the milliseconds distinguish messages with the same time, so a bound is one place in the list.
import { z } from 'zod';
import { and, convert, isGiven, not, when } from '../kit/mapping/combine.ts';
import type { Parameter, ParametersOf } from '../kit/mapping/expression.ts';
import { notNull } from '../kit/present.ts';
import { integer } from '../kit/request/parameters.ts';
import { greatestRank, type ParsedTime, parseIso8601, rankOf } from './received-at.ts';

/** An absent bound: the SDK sends a null as an empty text, other clients send the word. */
const absent = (given: unknown) => (given === '' || given === 'null' ? undefined : given);

const bound = z.string().transform((given, context): ParsedTime => {
  const parsed = parseIso8601(given);
  if (parsed !== null) return parsed;
  context.addIssue({ code: 'custom', message: 'must be an ISO 8601 date-time or date' });
  return z.NEVER;
});

const format =
  'A `receivedAt` as an answer has it, or any ISO 8601 date-time or date: UTC if it has no offset; the basic format, a space instead of the `T`, and a time without seconds are accepted. Empty or `null` counts as absent.';

export const timePage = z.object({
  limit: integer(1, 200).default(50).describe('The maximum number of messages to return.'),
  before: z.preprocess(absent, bound.optional()).meta({
    type: 'string',
    description: `Messages received before this time. ${format}`,
    examples: ['2025-01-15T12:00:00.000001Z'],
  }),
  after: z.preprocess(absent, bound.optional()).meta({
    type: 'string',
    description: `Messages received after this time; without \`before\`, the messages closest after it. ${format}`,
    examples: ['2025-01-15T11:00:00.000000Z'],
  }),
});

/** Requests the newest matching messages; with `after` alone the messages closest after it, so that a client can walk forward too. */
export function timeVariables({ limit, before, after }: ParametersOf<typeof timePage>) {
  const walksForward = and(isGiven(after), not(isGiven(before)));
  return {
    first: when(walksForward, undefined, limit),
    last: when(walksForward, limit, undefined),
    filter: {
      sentBefore: instantOf(before),
      sentBeforeRank: rankFrom(before, rankAtOrAbove),
      sentAfter: instantOf(after),
      sentAfterRank: rankFrom(after, ({ finer }) => rankOf(finer).rank),
    },
  };
}

type Bound = Parameter<ParsedTime | undefined>;

function instantOf(bound: Bound) {
  return convert(
    bound,
    ({ instant }) => instant,
    (text) => `instantOf(${text})`,
  );
}

function rankFrom(bound: Bound, read: (time: ParsedTime) => number) {
  return convert(bound, read, (text) => `rankOf(${text})`);
}

/** Digits that no rank has are between two ranks; the lower one is before them. */
function rankAtOrAbove({ finer }: ParsedTime): number {
  const { rank, exact } = rankOf(finer);
  return exact ? rank : Math.min(rank + 1, greatestRank);
}

interface Page<Item> {
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean };
  nodes: readonly Item[];
}

/** Presents a page, newest first in both directions. `hasMore` is for the direction in which the client walks. */
export function presentTimePage<Item, Presented>(
  page: Page<Item> | null,
  { before, after }: z.output<typeof timePage>,
  present: (item: Item) => Presented,
) {
  const { nodes, pageInfo } = notNull(page);
  const walksForward = after !== undefined && before === undefined;
  return { data: nodes.map(present), hasMore: walksForward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage };
}
