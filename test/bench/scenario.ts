import type { ContenderName } from './contenders/start.ts';
import type { BenchDatabase, Role } from './database.ts';
import type { Options } from './options.ts';

/** One HTTP request. */
export interface Call {
  method: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

/** The measured load: requests to one contender, sent in turn. */
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

/** A number that a scenario of its own kind measures, with its bound. */
export interface Measurement {
  name: string;
  value: number;
  unit: string;
  atLeast?: number;
  atMost?: number;
  /** Single readings. */
  readings?: unknown;
}

/** A scenario that does something else than to load several programs and compare them. */
export interface OwnScenario extends Pick<Scenario, 'id' | 'title' | 'roles'> {
  run(database: BenchDatabase, options: Options): Promise<Measurement[]>;
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
