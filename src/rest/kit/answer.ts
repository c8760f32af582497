import { retryAfterSeconds } from '../../errors.ts';
import { answerHeaders } from '../../http/request-id.ts';
import type { Contract } from './contract.ts';
import type { Refusal } from './refusal.ts';

/** Any answer of a contract, as JSON. */
export function answer(status: number, body: object, requestId: string, headers: Readonly<Record<string, string>> = {}): Response {
  const text = JSON.stringify(body);
  return new Response(text, {
    status,
    headers: {
      'Content-Type': 'application/json',
      // So that HEAD, which drops the body, says the same as GET.
      'Content-Length': String(Buffer.byteLength(text)),
      ...answerHeaders(requestId),
      ...headers,
    },
  });
}

/** Done, and there is nothing to say. */
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
