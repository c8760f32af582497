import { z } from 'zod';
import { retryAfterSeconds } from '../../errors.ts';
import type { Refusal } from '../kit/refusal.ts';

const error = { message: z.string(), code: z.string(), type: z.string() };
const problem = z.strictObject({ field: z.string(), message: z.string(), type: z.literal('value_error') });
const located = z.strictObject({ loc: z.array(z.string()), msg: z.string(), type: z.literal('value_error') });

/** The body of every refusal. */
export const failure = z
  .union([
    z.strictObject({ detail: z.string(), error: z.strictObject(error) }),
    z.strictObject({ detail: z.array(located), error: z.strictObject({ ...error, details: z.array(problem) }) }),
  ])
  .meta({
    id: 'Failure',
    description: 'For malformed input, `detail` and `error.details` name each parameter; otherwise `detail` is the message.',
  });

/** Returns a body that has all three shapes of errors in the vendor's documents and clients. */
export function refuse(refusal: Refusal): { status: number; body: object; headers?: Record<string, string> | undefined } {
  const [status, code, type, message] = words(refusal);
  const wait = secondsToWait(refusal);
  const headers = wait === null ? undefined : waiting(wait);
  if (refusal.reason !== 'malformed') return { status, body: { detail: message, error: { message, code, type } }, headers };
  const { part, problems } = refusal;
  const named = Object.entries(problems);
  return {
    status,
    body: {
      detail: named.map(([name, msg]) => ({ loc: name === '' ? [part] : [part, name], msg, type: 'value_error' })),
      error: { message, code, type, details: named.map(([name, msg]) => ({ field: name || part, message: msg, type: 'value_error' })) },
    },
    headers,
  };
}

function words(refusal: Refusal): [status: number, code: string, type: string, message: string] {
  switch (refusal.reason) {
    case 'unauthenticated':
      return [401, 'UNAUTHORIZED', 'authentication_error', 'Missing or invalid API key'];
    case 'forbidden':
      return [403, 'FORBIDDEN', 'permission_error', 'This API key may not do that'];
    case 'notFound':
      return [404, 'NOT_FOUND', 'not_found', refusal.because ?? 'Not found'];
    case 'methodNotAllowed':
      return [405, 'METHOD_NOT_ALLOWED', 'invalid_request', 'Method not allowed'];
    case 'tooLarge':
      return [413, 'PAYLOAD_TOO_LARGE', 'invalid_request', 'The body is too large'];
    case 'misdirected':
      return [421, 'MISDIRECTED_REQUEST', 'invalid_request', 'This host is not served here'];
    case 'malformed':
      return [422, 'VALIDATION_ERROR', 'validation_error', 'The request is malformed'];
    case 'rateLimited':
      return [429, 'RATE_LIMIT_EXCEEDED', 'rate_limit_error', 'Rate limit exceeded'];
    case 'internal':
      return [500, 'INTERNAL_ERROR', 'api_error', 'Internal error'];
    case 'unavailable':
      return [503, 'SERVICE_UNAVAILABLE', 'api_error', 'Temporarily unavailable'];
  }
}

/** Null for a refusal that a later attempt meets too. */
function secondsToWait(refusal: Refusal): number | null {
  if (refusal.reason === 'rateLimited') return refusal.retryAfter;
  return refusal.reason === 'unavailable' ? retryAfterSeconds : null;
}

/** The SDK reads this beside `Retry-After`: when to repeat the request, in seconds since 1970. */
function waiting(seconds: number) {
  return { 'X-RateLimit-Reset': String(Math.ceil(Date.now() / 1_000) + seconds) };
}
