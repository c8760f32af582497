import type { z } from 'zod';
import type { oas31, ZodOpenApiResponseObject } from 'zod-openapi';
import { answerRefusal } from '../answer.ts';
import type { Contract } from '../contract.ts';
import type { Part, Refusal } from '../refusal.ts';
import type { Route } from '../route.ts';
import { budgetHeaders, headersOf } from './headers.ts';

/** The request id in the examples. */
const requestId = '01JTBQH2FZ8K1RXC0WJ4Z9P3VM';

const meanings: Record<Refusal['reason'], string> = {
  unauthenticated: 'No key, or one that is malformed, unknown, expired or revoked.',
  forbidden: 'The key may not run this operation.',
  notFound: 'The path names something that does not exist or belongs to another organization.',
  methodNotAllowed: 'The path does not have this method.',
  malformed: 'The input breaks its rules. Each malformed parameter is named.',
  misdirected: 'The request names a host that is not served here.',
  tooLarge: 'The body is too large.',
  rateLimited: 'Too many requests: wait for the seconds in `Retry-After`.',
  internal: 'The gateway failed.',
  unavailable: 'Temporarily unavailable: send the request again after `Retry-After`.',
};

type Responses = Record<string, ZodOpenApiResponseObject | oas31.ReferenceObject>;

/** Describes every refusal that a route may answer with, by status, with the contract's body as the example. */
export function refusalsOf(contract: Contract, route: Route): Responses {
  const groups = Map.groupBy(possible(route), (refusal) => contract.refuse(refusal, requestId).status);
  return Object.fromEntries(groups.entries().map(([status, refusals]) => [status, referTo(refusals) ?? describe(contract, refusals)]));
}

/** Describes the refusals that are the same for every route, by name. */
export function sharedRefusals(contract: Contract): Record<string, ZodOpenApiResponseObject> {
  const shared = contract.routes.flatMap(possible).filter(({ reason }) => reason !== 'malformed');
  return Object.fromEntries(shared.map((refusal) => [refusal.reason, describe(contract, [refusal])]));
}

function referTo([refusal, ...more]: readonly Refusal[]): oas31.ReferenceObject | null {
  if (refusal === undefined || refusal.reason === 'malformed' || more.length > 0) return null;
  return { $ref: `#/components/responses/${refusal.reason}` };
}

function describe(contract: Contract, refusals: readonly Refusal[]): ZodOpenApiResponseObject {
  const examples = refusals.map((refusal) => [nameOf(refusal), { value: contract.refuse(refusal, requestId).body }]);
  return {
    description: [...new Set(refusals.map(({ reason }) => meanings[reason]))].join(' '),
    headers: {
      ...headersOf(...refusals.map((refusal) => answerRefusal(contract, refusal, requestId).headers)),
      ...(refusals.some(({ reason }) => hasKey(reason)) && budgetHeaders),
    },
    content: { 'application/json': { schema: contract.failure, examples: Object.fromEntries(examples) } },
  };
}

/** True for a refusal that is sent after the key was checked. */
function hasKey(reason: Refusal['reason']): boolean {
  return reason !== 'unauthenticated' && reason !== 'misdirected';
}

function nameOf(refusal: Refusal): string {
  return refusal.reason === 'malformed' ? `malformed-${refusal.part}` : refusal.reason;
}

function possible({ params, query, body, mayBeMissing }: Route): Refusal[] {
  const always: Refusal[] = [
    { reason: 'unauthenticated' },
    { reason: 'forbidden' },
    { reason: 'misdirected' },
    { reason: 'rateLimited', retryAfter: 12 },
    { reason: 'internal' },
    { reason: 'unavailable' },
  ];
  const named: Refusal[] = mayBeMissing === true || Object.keys(params.shape).length > 0 ? [{ reason: 'notFound' }] : [];
  const sent: Refusal[] = body ? [{ reason: 'tooLarge' }, ...malformed('body', body, 0)] : [];
  return [...always, ...named, ...sent, ...malformed('path', params, ''), ...malformed('query', query, '')];
}

/** Returns the refusal of a malformed value; none for a path whose malformed ids count as unknown. In a query, every text has one rule at least. */
function malformed(part: Part, schema: z.ZodObject, bad: unknown): Refusal[] {
  const names = Object.keys(schema.shape);
  const [issue] = schema.safeParse(Object.fromEntries(names.map((name) => [name, bad]))).error?.issues ?? [];
  const [name] = names;
  if (issue) return [{ reason: 'malformed', part, problems: { [String(issue.path[0])]: issue.message } }];
  return part === 'query' && name !== undefined ? [{ reason: 'malformed', part, problems: { [name]: 'must be given once' } }] : [];
}
