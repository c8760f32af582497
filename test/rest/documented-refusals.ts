// The bodies that the contracts document for refusals, as JSON.
import { expect } from 'vitest';
import { malformed as ofAgentPhone } from './agentphone/client.ts';
import { failure as ofZiik } from './ziik/client.ts';

/** Contract → status → body. The body for malformed input names the parameter, so a function makes it. */
const bodies = (request_id: string | null): Record<string, Record<number, object>> => ({
  agentmessage: {
    400: { success: false, error: { code: 'INVALID_INPUT', message: 'invalid input', request_id } },
    401: { success: false, error: { code: 'UNAUTHORIZED', message: 'authentication failed', request_id } },
    403: { success: false, error: { code: 'FORBIDDEN', message: 'missing required scope', request_id } },
    404: { success: false, error: { code: 'NOT_FOUND', message: 'not found', request_id } },
    405: { success: false, error: { code: 'METHOD_NOT_ALLOWED', message: 'method not allowed', request_id } },
  },
  agentphone: {
    401: {
      detail: 'Missing or invalid API key',
      error: { message: 'Missing or invalid API key', code: 'UNAUTHORIZED', type: 'authentication_error' },
    },
    403: {
      detail: 'This API key may not do that',
      error: { message: 'This API key may not do that', code: 'FORBIDDEN', type: 'permission_error' },
    },
    404: { detail: 'Not found', error: { message: 'Not found', code: 'NOT_FOUND', type: 'not_found' } },
    405: { detail: 'Method not allowed', error: { message: 'Method not allowed', code: 'METHOD_NOT_ALLOWED', type: 'invalid_request' } },
    413: {
      detail: 'The body is too large',
      error: { message: 'The body is too large', code: 'PAYLOAD_TOO_LARGE', type: 'invalid_request' },
    },
  },
  ziik: {
    401: { error: { code: 'unauthenticated', message: 'Unauthenticated', is_ziik_error: true } },
    403: { error: { code: 'forbidden', message: 'This key may not do that', is_ziik_error: true } },
    404: { error: { code: 'not_found', message: 'Not found', is_ziik_error: true } },
    405: { error: { code: 'method_not_allowed', message: 'Method not allowed', is_ziik_error: true } },
  },
});

/** Compares an answer with the body that its contract documents for a status. A body with a request id must have the answer's. */
export async function expectRefusal(contract: string, response: Response, status: number): Promise<void> {
  const body = bodies(response.headers.get('x-request-id'))[contract]?.[status];
  if (body === undefined) throw new Error(`documented-refusals.ts does not know the body of ${status} of ${contract}`);
  expect([response.status, await response.json()]).toEqual([status, body]);
}

/** Compares an answer with the documented body for one malformed parameter, or key of the body: 422. The name '' is the body as a whole. */
export async function expectMalformed(contract: string, response: Response, part: 'query' | 'body', name: string): Promise<void> {
  const body = malformedBody(contract, part, name, response.headers.get('x-request-id'));
  expect([response.status, await response.json()]).toEqual([422, body]);
}

function malformedBody(contract: string, part: 'query' | 'body', name: string, request_id: string | null): object {
  if (contract === 'agentphone') return ofAgentPhone(part, name);
  if (contract === 'ziik') return ofZiik('validation_error', expect.stringMatching(`^${name} must [^;]+$`));
  const details = { [name]: expect.stringMatching(/^must /) };
  return { success: false, error: { code: 'VALIDATION_FAILED', message: 'validation failed', request_id, details } };
}
