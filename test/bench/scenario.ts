import type { ContenderName } from './contenders/start.ts';
import type { BenchDatabase, Role } from './database.ts';
import type { Pace } from './options.ts';

/** One HTTP request. */
export interface Call {
  method: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

/** What is loaded and measured: requests to one contender, sent in turn. */
export interface Case {
  name: string;
  contender: ContenderName;
  calls: readonly Call[];
  /** The answer in the shape that all cases of the scenario share; without it answers are not compared. */
  rows?(answer: unknown): unknown;
  /** Refuses an answer to the first call that is not what the case is about, by throwing. */
  check?(answer: unknown): void;
}

/** A bound on one case's median divided by another's. */
export interface Target {
  case: string;
  against: string;
  /** Requests per second, or the median latency. */
  measure: 'rate' | 'p50';
  atLeast?: number;
  atMost?: number;
}

export interface Scenario {
  id: string;
  title: string;
  /** The organizations that the database must have. */
  roles: readonly Role[];
  cases(database: BenchDatabase): Promise<readonly Case[]>;
  targets: readonly Target[];
}

/** Times of Parley's start, in milliseconds. */
export interface StartTimes {
  name: string;
  atMostMs: number;
  medianMs: number;
  times: number[];
}

/** A scenario that loads nothing. */
export interface StartScenario extends Pick<Scenario, 'id' | 'title' | 'roles'> {
  run(database: BenchDatabase, pace: Pace): Promise<StartTimes[]>;
}

/** A call of a GraphQL operation. */
export function graphql(query: string, variables: object = {}, key?: string): Call {
  return {
    method: 'POST',
    path: '/graphql',
    headers: { 'Content-Type': 'application/json', ...(key && { Authorization: `Bearer ${key}` }) },
    body: JSON.stringify({ query, variables }),
  };
}
