import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../support/harness.ts';

const page = 'https://app.example.com';
const parley = useApp({ corsOrigins: [page, 'http://localhost:5173'] });
let tenant: Tenant;
let server: Server;
let origin: string;

beforeAll(async () => {
  tenant = await parley.tenant();
  server = createServer(parley.app.handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server?.close();
});

type Door = (path: string, init?: RequestInit) => Promise<Response>;

/** The two entries, which must behave alike. */
const doors: [string, Door][] = [
  ['a fetch', (path, init) => parley.app.fetch(new Request(new URL(path, 'http://parley.test'), init))],
  ['a port', (path, init) => fetch(new URL(path, origin), init)],
];
const paths = [
  '/graphql',
  '/schema.graphql',
  '/v1/conversations',
  '/agentmessage/v1/conversations',
  '/agentphone/v1/conversations',
  '/ziik/conversations',
  '/nowhere',
];
const corsHeaders = ({ headers }: Response) => [...headers.keys()].filter((name) => name.startsWith('access-control-'));
const vary = ({ headers }: Response) => (headers.get('vary') ?? '').split(/, */);

describe.each(doors)('by %s', (_name, ask) => {
  const preflight = (path: string, from: string, headers: Record<string, string> = {}) =>
    ask(path, { method: 'OPTIONS', headers: { origin: from, 'access-control-request-method': 'POST', ...headers } });
  const post = (headers: Record<string, string>, body: BodyInit = '{"query":"{ viewer { name } }"}', key: string | null = tenant.key) =>
    ask('/graphql', { method: 'POST', headers: { ...(key === null ? {} : { authorization: `Bearer ${key}` }), ...headers }, body });

  test.each(paths)('a preflight of %s needs no key', async (path) => {
    const response = await preflight(path, page, { 'access-control-request-headers': 'authorization,content-type,x-sdk-version' });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe(page);
    expect(response.headers.get('access-control-allow-methods')).toBe('GET, HEAD, POST, PUT, PATCH, DELETE');
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization,content-type,x-sdk-version');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    expect(vary(response)).toContain('Origin');
  });

  test.each([
    'https://evil.example',
    'https://app.example.com.evil.example',
    'http://app.example.com',
    'https://app.example.com:8443',
    'null',
    '*',
  ])('a page of %s gets no CORS headers', async (from) => {
    const answers = [
      await preflight('/graphql', from),
      await preflight('/v1/conversations', from),
      await post({ origin: from, 'content-type': 'application/json' }),
      await ask('/v1/conversations', { headers: { origin: from, authorization: `Bearer ${tenant.key}` } }),
    ];
    for (const response of answers) {
      expect(corsHeaders(response)).toEqual([]);
      expect(vary(response)).toContain('Origin');
    }
  });

  test.each([
    ['an operation', () => post({ origin: page, 'content-type': 'application/json' }), 200],
    ['an operation without a key', () => post({ origin: page, 'content-type': 'application/json' }, undefined, null), 401],
    ['an operation that does not parse', () => post({ origin: page, 'content-type': 'application/json' }, '{"query":"{"}'), 200],
    [
      'an operation by GET',
      () => ask('/graphql?query={viewer{name}}', { headers: { origin: page, authorization: `Bearer ${tenant.key}` } }),
      200,
    ],
    ['a list over REST', () => ask('/v1/conversations', { headers: { origin: page, authorization: `Bearer ${tenant.key}` } }), 200],
    ['a refusal over REST', () => ask('/agentphone/v1/conversations', { headers: { origin: page } }), 401],
    ['HEAD', () => ask('/v1/conversations', { method: 'HEAD', headers: { origin: page, authorization: `Bearer ${tenant.key}` } }), 200],
    ['an unknown path', () => ask('/nowhere', { headers: { origin: page } }), 404],
  ])('an allowed page may read %s', async (_what, send, status) => {
    const response = await send();
    expect(response.status).toBe(status);
    expect(response.headers.get('access-control-allow-origin')).toBe(page);
    expect(response.headers.get('access-control-expose-headers')).toMatch(/X-Request-Id, Retry-After/);
    expect(vary(response)).toEqual(expect.arrayContaining(['Authorization', 'Origin']));
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9A-Z]{26}$/);
  });

  test('answers without Origin have Vary too', async () => {
    const response = await post({ 'content-type': 'application/json' });
    expect(corsHeaders(response)).toEqual([]);
    expect(vary(response)).toEqual(expect.arrayContaining(['Authorization', 'Origin']));
  });

  test('answers 405 to OPTIONS that is no preflight', async () => {
    expect((await ask('/graphql', { method: 'OPTIONS', headers: { authorization: `Bearer ${tenant.key}` } })).status).toBe(405);
    expect((await ask('/v1/conversations', { method: 'OPTIONS' })).status).toBe(405);
  });

  test.each([
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'text/plain; application/json',
    'application/graphql',
    'application/jsonp',
    '',
  ])('answers 415 to a body of type "%s", which a form could send', async (type) => {
    const response = await post(type === '' ? {} : { 'content-type': type }, new TextEncoder().encode('{"query":"{ viewer { name } }"}'));
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({
      errors: [{ message: 'send the operation as application/json', extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });

  test.each(['application/json', 'application/json; charset=utf-8', 'application/json;charset=utf-8', 'application/graphql+json'])(
    '%s is read',
    async (type) => {
      expect(await (await post({ 'content-type': type })).json()).toMatchObject({ data: { viewer: { name: 'test' } } });
    },
  );

  test.each([
    ['{ viewer { name } }', 'image/png', 'application/graphql-response+json or application/json'],
    ['{ viewer { name } }', 'application/problem+json', 'application/graphql-response+json or application/json'],
    [
      'subscription { messageRecorded { cursor } }',
      'multipart/mixed',
      'text/event-stream, or subscribe over WebSocket (graphql-transport-ws)',
    ],
  ])('answers 406 to %s requested as %s, and says what to send', async (query, accept, types) => {
    const response = await post({ 'content-type': 'application/json', accept }, JSON.stringify({ query }));
    expect(response.status).toBe(406);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    const requestId = response.headers.get('x-request-id');
    expect(await response.json()).toEqual({
      errors: [
        {
          message: expect.stringMatching(new RegExp(`send Accept: ${types.replace(/[+()]/g, '.')}$`)),
          extensions: { code: 'BAD_USER_INPUT', requestId },
        },
      ],
    });
  });

  test('answers 405 to a mutation by GET', async () => {
    const query = 'mutation { markConversationRead(input: {id: "x"}) { conversation { id } } }';
    const response = await ask(`/graphql?query=${encodeURIComponent(query)}`, { headers: { authorization: `Bearer ${tenant.key}` } });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  test.each([
    ['variables={bad', 400],
    ['extensions={', 400],
    ['extensions=x', 400],
    ['variables=[]', 400],
    ['variables=7', 400],
    ['query=', 400],
  ])('refuses a GET with %s', async (more, status) => {
    const query = more === 'query=' ? '' : 'query={viewer{name}}&';
    const response = await ask(`/graphql?${query}${more}`, { headers: { authorization: `Bearer ${tenant.key}` } });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });
});
