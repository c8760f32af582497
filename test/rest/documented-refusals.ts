// The bodies that the contracts document for what they refuse, as JSON has them.
import { expect } from 'vitest';
import { ulid } from './agentmessage/client.ts';
import { malformed as ofAgentPhone } from './agentphone/client.ts';
import { failure as ofZiik } from './ziik/client.ts';

/** Contract → status → body. That of malformed input says what is: see `malformedBody`. */
const bodies: Record<string, Record<number, object>> = {
  agentmessage: {
    400: { success: false, error: { code: 'INVALID_INPUT', message: 'invalid input', request_id: ulid } },
    401: { success: false, error: { code: 'UNAUTHORIZED', message: 'authentication failed', request_id: ulid } },
    403: { success: false, error: { code: 'FORBIDDEN', message: 'missing required scope', request_id: ulid } },
    404: { success: false, error: { code: 'NOT_FOUND', message: 'not found', request_id: ulid } },
    405: { success: false, error: { code: 'METHOD_NOT_ALLOWED', message: 'method not allowed', request_id: ulid } },
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
};

/** @throws where nobody said what the contract answers with that status */
export function refusalBody(contract: string, status: number): object {
  const body = bodies[contract]?.[status];
  if (body === undefined) throw new Error(`documented-refusals.ts does not know the body of ${status} of ${contract}`);
  return body;
}

/** That of 422 where one parameter, or key of the body, is malformed; '': the body as a whole. */
export function malformedBody(contract: string, part: 'query' | 'body', name: string): object {
  if (contract === 'agentphone') return ofAgentPhone(part, name);
  if (contract === 'ziik') return ofZiik('validation_error', expect.stringMatching(`^${name} must [^;]+$`));
  const details = { [name]: expect.stringMatching(/^must /) };
  return { success: false, error: { code: 'VALIDATION_FAILED', message: 'validation failed', request_id: ulid, details } };
}
