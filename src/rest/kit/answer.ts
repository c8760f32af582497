import { retryAfterSeconds } from '../../errors.ts';
import { answerHeaders } from '../../http/request-id.ts';
import type { Contract } from './contract.ts';
import type { Refusal } from './refusal.ts';

/** Returns an answer of a contract, as JSON. */
export function answer(status: number, body: object, requestId: string, headers: Readonly<Record<string, string>> = {}): Response {
  const text = JSON.stringify(body);
  return new Response(text, {
    status,
    headers: {
      'Content-Type': 'application/json',
      // HEAD has the headers of GET, and drops the body.
      'Content-Length': String(Buffer.byteLength(text)),
      ...answerHeaders(requestId),
      ...headers,
    },
  });
}

/** Returns 204, without a body. */
export function answerNothing(requestId: string): Response {
  return new Response(null, { status: 204, headers: answerHeaders(requestId) });
}

export function answerRefusal(contract: Contract, refusal: Refusal, requestId: string): Response {
  const { status, body, headers } = contract.refuse(refusal, requestId);
  return answer(status, body, requestId, { ...headersOf(refusal), ...headers });
}

function headersOf(refusal: Refusal): Record<string, string> {
  switch (refusal.reason) {
    case 'unauthenticated':
      return { 'WWW-Authenticate': 'Bearer' };
    case 'methodNotAllowed':
      return { Allow: refusal.allow.join(', ') };
    case 'rateLimited':
      return { 'Retry-After': String(refusal.retryAfter) };
    case 'unavailable':
      return { 'Retry-After': String(retryAfterSeconds) };
    default:
      return {};
  }
}
