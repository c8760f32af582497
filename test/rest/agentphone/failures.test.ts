// Failures of the schema and the database in production, as the contract answers them; 429 and 503 with the headers that the SDK reads.
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import type { Viewer } from '../../../src/auth/viewer.ts';
import { Visit } from '../../../src/auth/visit.ts';
import { schema } from '../../../src/graphql/built-schema.ts';
import { Bodies } from '../../../src/http/body.ts';
import type { Execute, GatewayError } from '../../../src/rest/kit/graphql/execute.ts';
import { createRest } from '../../../src/rest/rest.ts';
import { failure, json, malformed } from './client.ts';

const scopes = new Set(['conversations:read', 'conversations:write'] as const);
const viewer: Viewer = { organizationId: '', keyId: '', keyName: '', scopes, expiresAt: null, budgetPerMinute: 0, searchSalt: null };

async function ask(error: Partial<GatewayError>, path: string, init: RequestInit) {
  const execute: Execute = async () => ({
    data: null,
    errors: [{ code: 'INTERNAL', message: 'inside', details: {}, ...error }],
  });
  const rest = createRest({ bodies: new Bodies(), execute, schema, log: pino({ level: 'silent' }) });
  const gate = {
    authenticate: async () => viewer,
    budgets: { spend: async () => null },
    refusedKeys: { count: () => {} },
    beginTrace: null,
  };
  const visit = new Visit(gate, { requestId: '', authorization: null, address: null, traceparent: null });
  const caller = { visit, origin: 'http://parley.test' };
  const response = await rest(new Request(`http://parley.test/agentphone/v1/conversations${path}`, init), caller);
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const requests: [string, string, RequestInit][] = [
  ['a read', '', {}],
  ['a change', '/conv_x', { method: 'PATCH', ...json({ metadata: {} }) }],
];

describe.each(requests)('%s', (_name, path, init) => {
  test.each<[Partial<GatewayError>, number, object]>([
    [{ code: 'UNAUTHENTICATED' }, 401, failure('UNAUTHORIZED', 'authentication_error')],
    [{ code: 'FORBIDDEN' }, 403, failure('FORBIDDEN', 'permission_error')],
    [{ code: 'NOT_FOUND' }, 404, failure('NOT_FOUND', 'not_found')],
    [{ code: 'RATE_LIMITED' }, 429, failure('RATE_LIMIT_EXCEEDED', 'rate_limit_error')],
    [{ code: 'INTERNAL' }, 500, failure('INTERNAL_ERROR', 'api_error')],
    [{ code: 'UNAVAILABLE' }, 503, failure('SERVICE_UNAVAILABLE', 'api_error')],
  ])('%j', async (error, status, expected) => {
    const answer = await ask(error, path, init);
    expect([answer.status, answer.body]).toEqual([status, expected]);
    expect(JSON.stringify(answer.body)).not.toContain('inside');
  });

  test.each<[Partial<GatewayError>, number]>([
    [{ code: 'RATE_LIMITED', details: { retryAfter: 7.2 } }, 8],
    [{ code: 'RATE_LIMITED' }, 1],
    [{ code: 'UNAVAILABLE' }, 1],
  ])('%j: wait %s seconds', async (error, seconds) => {
    const { headers } = await ask(error, path, init);
    expect(headers.get('retry-after')).toBe(String(seconds));
    const reset = Number(headers.get('x-ratelimit-reset')) - Date.now() / 1_000;
    expect(reset).toBeGreaterThan(seconds - 2);
    expect(reset).toBeLessThanOrEqual(seconds + 1);
  });

  test('to no others', async () => {
    const { headers } = await ask({}, path, init);
    expect([headers.get('retry-after'), headers.get('x-ratelimit-reset')]).toEqual([null, null]);
  });
});

test('names the limit if an answer is too large; an update has none', async () => {
  const [[, list, get], [, one, patch]] = requests as [(typeof requests)[0], (typeof requests)[0]];
  const read = await ask({ code: 'QUERY_TOO_COMPLEX' }, list, get);
  expect([read.status, read.body]).toEqual([422, malformed('query', 'limit')]);
  const change = await ask({ code: 'QUERY_TOO_COMPLEX' }, one, patch);
  expect([change.status, change.body]).toEqual([500, failure('INTERNAL_ERROR', 'api_error')]);
});

test('names the client’s parameter if the schema refuses a value', async () => {
  const refused = (field: string) => ({ code: 'BAD_USER_INPUT', details: { field, reason: 'must be less' } }) as const;
  const [[, list, get], [, one, patch]] = requests as [(typeof requests)[0], (typeof requests)[0]];
  expect((await ask(refused('offset'), list, get)).body).toEqual(malformed('query', 'offset'));
  expect((await ask(refused('input.metadata'), one, patch)).body).toEqual(malformed('body', 'metadata'));
  expect(await ask(refused('unknown'), one, patch)).toMatchObject({ status: 422, body: { detail: [], error: { details: [] } } });
});
