// Failures of the schema and the database in production, as the contract answers them.
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import { Visit } from '../../src/auth/visit.ts';
import { UnavailableError } from '../../src/errors.ts';
import { schema } from '../../src/graphql/built-schema.ts';
import { Bodies } from '../../src/http/body.ts';
import type { Execute, GatewayError } from '../../src/rest/kit/graphql/execute.ts';
import { createRest } from '../../src/rest/rest.ts';

const viewer: Viewer = {
  organizationId: '',
  keyId: '',
  keyName: '',
  scopes: new Set(['conversations:read']),
  expiresAt: null,
  budgetPerMinute: 0,
  searchSalt: null,
};
const requestId = '01JTBQH2FZ8K1RXC0WJ4Z9P3VM';

async function ask(execute: Execute, authenticate = async (): Promise<Viewer | null> => viewer) {
  const logged: Record<string, unknown>[] = [];
  const sink = new Writable({ write: (chunk, _encoding, done) => done(void logged.push(JSON.parse(String(chunk)))) });
  const rest = createRest({ execute, bodies: new Bodies(), schema, log: pino(sink) });
  const gate = { authenticate, budgets: { spend: async () => null }, refusedKeys: { count: () => {} }, beginTrace: null };
  const visit = new Visit(gate, { requestId, authorization: null, address: null, traceparent: null });
  const response = await rest(new Request('http://parley.test/v1/conversations'), { visit, origin: 'http://parley.test' });
  return { status: response.status, headers: response.headers, body: await response.json(), logged };
}

const failing =
  (error: Partial<GatewayError>): Execute =>
  async () => ({
    data: null,
    errors: [{ code: 'INTERNAL', message: 'inside', details: {}, ...error }],
  });
const body = (code: string, message: string, details?: object) => ({
  success: false,
  error: { code, message, request_id: requestId, ...(details && { details }) },
});

describe('errors of an operation', () => {
  test.each<[Partial<GatewayError>, number, object]>([
    [{ code: 'UNAUTHENTICATED' }, 401, body('UNAUTHORIZED', 'authentication failed')],
    [{ code: 'FORBIDDEN' }, 403, body('FORBIDDEN', 'missing required scope')],
    [{ code: 'NOT_FOUND' }, 404, body('NOT_FOUND', 'not found')],
    [
      { code: 'BAD_USER_INPUT', details: { field: 'after', reason: 'no' } },
      422,
      body('VALIDATION_FAILED', 'validation failed', { cursor: 'no' }),
    ],
    [{ code: 'BAD_USER_INPUT' }, 422, body('VALIDATION_FAILED', 'validation failed', {})],
    [{ code: 'RATE_LIMITED', details: { retryAfter: 0.2 } }, 429, body('RATE_LIMITED', 'rate limited')],
    [{ code: 'INTERNAL' }, 500, body('INTERNAL', 'internal error')],
    [
      { code: 'QUERY_TOO_COMPLEX' },
      422,
      body('VALIDATION_FAILED', 'validation failed', { limit: expect.stringContaining('must be smaller') }),
    ],
    [{ code: 'UNAVAILABLE' }, 503, body('UNAVAILABLE', 'temporarily unavailable')],
  ])('%j', async (error, status, expected) => {
    const answer = await ask(failing(error));
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual(expected);
    expect(answer.headers.get('x-request-id')).toBe(requestId);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
  });

  test.each([
    [undefined, '1'],
    [0.2, '1'],
    [1, '1'],
    [1.001, '2'],
    [59, '59'],
  ])('to wait %s seconds: Retry-After %s', async (retryAfter, expected) => {
    const { headers } = await ask(failing({ code: 'RATE_LIMITED', details: { retryAfter } }));
    expect(headers.get('retry-after')).toBe(expected);
  });
});

describe('an operation that fails in part', () => {
  const page = { totalCount: 0, pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] };
  const parts: [string, unknown][] = [
    ['a list is null', { conversations: null }],
    ['what is presented is whole', { conversations: page }],
  ];

  test.each(parts)('is refused with its error: %s', async (_name, data) => {
    const errors: GatewayError[] = [{ code: 'FORBIDDEN', message: 'inside', details: {} }];
    // By its type the operation returns data or errors of this shape.
    const answer = await ask((async () => ({ data, errors })) as Execute);
    expect([answer.status, answer.body]).toEqual([403, body('FORBIDDEN', 'missing required scope')]);
  });

  test('is an internal failure if a list is null without an error', async () => {
    const answer = await ask((async () => ({ data: { conversations: null }, errors: [] })) as unknown as Execute);
    expect([answer.status, answer.body]).toEqual([500, body('INTERNAL', 'internal error')]);
  });
});

describe('unexpected failures', () => {
  const secret = 'password authentication failed for user "root"';
  const fails = () => Promise.reject(new Error(secret));
  test.each<[string, Execute, (() => Promise<Viewer | null>)?]>([
    ['an operation throws', fails],
    ['the key cannot be looked up', failing({}), fails],
  ])('%s: answers 500, and only the log has the reason', async (_name, execute, authenticate) => {
    const answer = await ask(execute, authenticate);
    expect([answer.status, answer.body]).toEqual([500, body('INTERNAL', 'internal error')]);
    expect(answer.logged).toMatchObject([{ requestId, err: { message: secret } }]);
  });

  test('answers 503 if the database is unavailable when the key is looked up', async () => {
    const answer = await ask(failing({}), () => Promise.reject(new UnavailableError('connect ECONNREFUSED')));
    expect([answer.status, answer.body]).toEqual([503, body('UNAVAILABLE', 'temporarily unavailable')]);
  });

  test('answers 500 for neither data nor errors', async () => {
    expect((await ask(async () => ({ data: null, errors: [] }))).status).toBe(500);
  });
});
