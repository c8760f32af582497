// Server-sent events in graphql-sse's protocol: a refusal before the operation runs is an event on an accepted connection, then the end of the stream.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from 'graphql-sse';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../support/harness.ts';

const parley = useApp();
const query = 'subscription { messageRecorded { cursor } }';
let tenant: Tenant;
let server: Server;
let origin: string;

beforeAll(async () => {
  tenant = await parley.tenant();
  server = createServer((request, response) => parley.app.handler(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server?.closeAllConnections();
  server?.close();
});

type Door = (path: string, init?: RequestInit) => Promise<Response>;

/** The two entries, which must behave alike. */
const doors: [string, Door][] = [
  ['a fetch', (path, init) => parley.app.fetch(new Request(new URL(path, 'http://parley.test'), init))],
  ['a port', (path, init) => fetch(new URL(path, origin), init)],
];

/** Returns the only event of a stream, and expects its end. */
async function onlyEvent(response: Response) {
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  const [, data = '', end] = /^(?::\n\n)*event: next\ndata: (.*)\n\nevent: complete\ndata:(\n\n)$/.exec(await response.text()) ?? [];
  expect(end).toBe('\n\n');
  return JSON.parse(data);
}

describe.each(doors)('by %s', (_name, ask) => {
  const key = () => ({ authorization: `Bearer ${tenant.key}` });
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    ask('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...key(), ...headers },
      body,
    });

  test.each<[string, BodyInit, Record<string, string>, object]>([
    ['a key that is none', JSON.stringify({ query }), { authorization: 'Bearer x' }, { code: 'UNAUTHENTICATED' }],
    ['a body that is no JSON', '{', {}, { code: 'BAD_USER_INPUT' }],
    ['a body of another type', '{}', { 'content-type': 'text/plain' }, { code: 'BAD_USER_INPUT' }],
    ['no operation', '{}', {}, { code: 'BAD_USER_INPUT' }],
    ['variables that are no object', JSON.stringify({ query, variables: 7 }), {}, { code: 'BAD_USER_INPUT' }],
    ['an unknown hash', '{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "0"}}}', {}, { code: 'NOT_FOUND' }],
    ['a document that does not parse', '{"query": "{"}', {}, { code: 'GRAPHQL_PARSE_FAILED' }],
    ['a query that does not validate', '{"query": "{ a }"}', {}, { code: 'GRAPHQL_VALIDATION_FAILED' }],
    [
      'a type that urql asks for beside it',
      '{"query": "{"}',
      { accept: 'text/event-stream, multipart/mixed' },
      { code: 'GRAPHQL_PARSE_FAILED' },
    ],
    ['JSON as a second choice', '{"query": "{"}', { accept: 'text/event-stream, */*' }, { code: 'GRAPHQL_PARSE_FAILED' }],
  ])('%s is an event', async (_what, body, headers, extensions) => {
    const answer = await onlyEvent(await post(body, headers));
    expect(answer).toMatchObject({ errors: [{ extensions: { ...extensions, requestId: expect.stringMatching(/^[0-9A-Z]{26}$/) } }] });
    expect(answer).not.toHaveProperty('data');
    expect(JSON.stringify(answer)).not.toContain('"http"');
  });

  test('refuses a mutation by GET with an event, and answers a query with one', async () => {
    const headers = { accept: 'text/event-stream', ...key() };
    const mutation = encodeURIComponent('mutation { revokeApiKey(input: {id: "x"}) { __typename } }');
    expect(await onlyEvent(await ask(`/graphql?query=${mutation}`, { headers }))).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
    expect(await onlyEvent(await ask('/graphql?query={viewer{name}}', { headers }))).toMatchObject({ data: { viewer: { name: 'test' } } });
  });

  test('answers JSON with its status to a client that names JSON first', async () => {
    const accept = 'application/graphql-response+json, application/json, text/event-stream';
    const response = await post('{"query": "{"}', { accept });
    expect([response.status, response.headers.get('content-type')]).toEqual([400, 'application/graphql-response+json; charset=utf-8']);
    expect((await post(JSON.stringify({ query }), { accept, authorization: 'Bearer x' })).status).toBe(401);
  });

  test('ignores unknown parameters, whatever the answer is', async () => {
    const body = JSON.stringify({ query: '{ viewer { name } }', operationType: 'query', operationKind: 7, id: null });
    expect(await (await post(body, { accept: 'application/json' })).json()).toMatchObject({ data: { viewer: { name: 'test' } } });
    expect(await onlyEvent(await post(body))).toMatchObject({ data: { viewer: { name: 'test' } } });
  });
});

test('refuses a body over 4 MiB with an event', async () => {
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
  const response = await parley.fetch('/graphql', tenant.key, { method: 'POST', headers, body: ' '.repeat(4 * 1024 * 1024 + 1) });
  expect(await onlyEvent(response)).toMatchObject({
    errors: [{ message: 'the body is larger than 4 MiB', extensions: { code: 'BAD_USER_INPUT' } }],
  });
});

test('while the gateway stops, the event says when to try again', async () => {
  const [[, ask] = expect.fail()] = doors;
  parley.app.endStreams();
  const init = { headers: { accept: 'text/event-stream', authorization: `Bearer ${tenant.key}` } };
  const { errors } = await onlyEvent(await ask(`/graphql?query=${encodeURIComponent(query)}`, init));
  expect(errors).toMatchObject([{ message: 'temporarily unavailable', extensions: { code: 'UNAVAILABLE', retryAfter: 1 } }]);
});

describe('the client of graphql-sse', () => {
  const client = (options: object = {}) =>
    createClient({ url: `${origin}/graphql`, retryAttempts: 0, headers: { authorization: `Bearer ${tenant.key}` }, ...options });

  test('shows the reason of a refusal', async () => {
    const results = client().iterate({ query: 'subscription { a }' });
    expect((await results.next()).value).toMatchObject({ errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] });
    expect((await results.next()).done).toBe(true);
  });

  test('is refused in single connection mode, with advice to use the other mode', async () => {
    const message = 'only the "distinct connections mode" of graphql-sse is served: leave out singleConnection';
    const error = await new Promise((resolve) => {
      client({ singleConnection: true }).subscribe({ query }, { next: () => {}, error: resolve, complete: () => resolve(null) });
    });
    expect(error).toMatchObject({ name: 'NetworkError', message: `Server responded with 405: ${message}` });
    for (const [, ask] of doors) {
      const response = await ask('/graphql', { method: 'PUT' });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
      expect(await response.json()).toMatchObject({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] });
    }
  });
});
