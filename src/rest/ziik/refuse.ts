import { z } from 'zod';
import type { Refusal } from '../kit/refusal.ts';

/** The body of every refusal. */
export const failure = z
  .strictObject({ error: z.strictObject({ code: z.string(), message: z.string(), is_ziik_error: z.literal(true) }) })
  .meta({ id: 'Failure' });

/** Returns the status and body of a refusal, by the contract's table of errors. The message names each malformed parameter. */
export function refuse(refusal: Refusal): { status: number; body: object } {
  const [status, code, message] = words(refusal);
  return { status, body: { error: { code, message, is_ziik_error: true } } };
}

function words(refusal: Refusal): [status: number, code: string, message: string] {
  switch (refusal.reason) {
    case 'malformed': {
      const problems = Object.entries(refusal.problems).map(([parameter, problem]) => `${parameter} ${problem}`);
      return [422, 'validation_error', problems.join('; ') || 'The request is malformed'];
    }
    case 'unauthenticated':
      return [401, 'unauthenticated', 'Unauthenticated'];
    case 'forbidden':
      return [403, 'forbidden', 'This key may not do that'];
    case 'notFound':
      return [404, 'not_found', 'Not found'];
    case 'methodNotAllowed':
      return [405, 'method_not_allowed', 'Method not allowed'];
    case 'tooLarge':
      return [413, 'payload_too_large', 'The body is too large'];
    case 'misdirected':
      return [421, 'misdirected_request', 'This host is not served here'];
    case 'rateLimited':
      return [429, 'too_many_requests', 'Too many requests'];
    case 'internal':
      return [500, 'server_error', 'Server error'];
    case 'unavailable':
      return [503, 'unavailable', 'Temporarily unavailable'];
  }
}
