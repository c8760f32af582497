import { z } from 'zod';
import type { Refusal } from '../kit/refusal.ts';

/** The body of every refusal. */
export const failure = z
  .strictObject({
    success: z.literal(false),
    error: z.strictObject({
      code: z.enum([
        'INVALID_INPUT',
        'UNAUTHORIZED',
        'FORBIDDEN',
        'NOT_FOUND',
        'METHOD_NOT_ALLOWED',
        'VALIDATION_FAILED',
        'RATE_LIMITED',
        'INTERNAL',
        'UNAVAILABLE',
      ]),
      message: z.string(),
      request_id: z.string().meta({ description: 'A ULID, also sent as `X-Request-Id`.' }),
      details: z
        .record(z.string(), z.string())
        .optional()
        .meta({ description: 'Parameter → the rule that it breaks. Only if a parameter of the query is malformed.' }),
    }),
  })
  .meta({ id: 'Failure' });

/** Returns the status and body of a refusal, by the contract's table of errors. */
export function refuse(refusal: Refusal, requestId: string): { status: number; body: object } {
  const [status, code, message] = words(refusal);
  const details = status === 422 && refusal.reason === 'malformed' ? { details: refusal.problems } : {};
  return { status, body: { success: false, error: { code, message, request_id: requestId, ...details } } };
}

function words(refusal: Refusal): [status: number, code: string, message: string] {
  switch (refusal.reason) {
    case 'malformed':
      return refusal.part === 'path' ? [400, 'INVALID_INPUT', 'invalid input'] : [422, 'VALIDATION_FAILED', 'validation failed'];
    case 'unauthenticated':
      return [401, 'UNAUTHORIZED', 'authentication failed'];
    case 'forbidden':
      return [403, 'FORBIDDEN', 'missing required scope'];
    case 'notFound':
      return [404, 'NOT_FOUND', 'not found'];
    case 'methodNotAllowed':
      return [405, 'METHOD_NOT_ALLOWED', 'method not allowed'];
    // No route here reads a body.
    case 'tooLarge':
      return [413, 'INVALID_INPUT', 'invalid input'];
    case 'misdirected':
      return [421, 'INVALID_INPUT', 'invalid input'];
    case 'rateLimited':
      return [429, 'RATE_LIMITED', 'rate limited'];
    case 'internal':
      return [500, 'INTERNAL', 'internal error'];
    case 'unavailable':
      return [503, 'UNAVAILABLE', 'temporarily unavailable'];
  }
}
