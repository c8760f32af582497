import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { beforeAll, describe, expect, test } from 'vitest';
import { encodeId } from '../../src/values/ids.ts';
import { ask } from '../modules/conversation/conversations.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';
import { useServer } from '../support/server.ts';

const parley = useApp({ budgetPerMinute: 10_000 });
const server = useServer(parley);
const canary = `CANARY${randomUUID().slice(0, 8)}`;
let tenant: Tenant;
let conversation: string;
let keyId: string;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({ body: canary, contactNumber: '+15557654321' })]);
  conversation = (await ask(parley, tenant.key, '{ conversations { nodes { id } } }')).conversations.nodes[0].id;
  const [row] = await parley.app.database.query<{ id: string }>({
    label: 'test_key',
    text: 'select id from api_keys where organization_id = $1',
    values: [tenant.id],
  });
  keyId = row?.id ?? '';
});

const lines = () => parley.logged.filter(({ msg }) => msg === 'request');

/** Returns the line of the request with this id, once it is written: after the client has the answer. */
async function lineOf(requestId: string): Promise<Record<string, unknown>> {
  await expect.poll(() => lines().some((line) => line.requestId === requestId)).toBe(true);
  const found = lines().filter((line) => line.requestId === requestId);
  expect(found).toHaveLength(1);
  return found[0] ?? {};
}

/** Sends a request over HTTP with an id of its own. @returns its answer and its line */
async function request(path: string, init: { key?: string | null; method?: string; body?: string } = {}) {
  const { key = tenant.key, method = 'GET', body } = init;
  const requestId = randomUUID();
  const headers: Record<string, string> = { 'x-request-id': requestId };
  if (key !== null) headers.authorization = `Bearer ${key}`;
  if (body !== undefined) Object.assign(headers, { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) });
  const answer = await server.send(path, headers, { method, body });
  return { answer, requestId, line: await lineOf(requestId) };
}

const graphql = (query: string, variables: object = {}, key: string | null = tenant.key) =>
  request('/graphql', { key, method: 'POST', body: JSON.stringify({ query, variables }) });

describe('one line for each request', () => {
  test('of GraphQL, with its operation, cost, statements, times and bytes', async () => {
    const query = 'query Thread($id: ID!) { conversation(id: $id) { messages(first: 5) { nodes { body } } } }';
    const { answer, requestId, line } = await graphql(query, { id: conversation });
    expect(answer.body).toContain(canary);
    expect(line).toEqual({
      level: 30,
      time: expect.any(Number),
      pid: expect.any(Number),
      hostname: expect.any(String),
      msg: 'request',
      requestId,
      organizationId: tenant.id,
      keyId,
      surface: 'graphql',
      method: 'POST',
      route: '/graphql',
      operation: 'Thread',
      operationHash: createHash('sha256').update(query).digest('hex'),
      status: 200,
      code: null,
      price: expect.any(Number),
      statements: expect.any(Number),
      databaseMs: expect.any(Number),
      ms: expect.any(Number),
      bytes: Buffer.byteLength(answer.body),
      stream: false,
    });
    expect(line.price).toBeGreaterThan(5);
    // Each statement of the request has its id, too.
    const statements = parley.logged.filter((each) => each.statement !== undefined && each.requestId === requestId);
    expect(line.statements).toBe(statements.length);
    expect(statements.length).toBeGreaterThan(0);
  });

  test('of a contract, with its route and the operation behind it', async () => {
    const { answer, line } = await request(`/agentmessage/v1/conversations/${conversation}/messages?limit=3`);
    expect(answer.status).toBe(200);
    expect(line).toMatchObject({ surface: 'agentmessage', method: 'GET', status: 200, code: null, organizationId: tenant.id, keyId });
    expect(line.route).toMatch(/^\/v1\/conversations\/\{\w+\}\/messages$/);
    expect(line).toMatchObject({ operationHash: expect.stringMatching(/^[0-9a-f]{64}$/), bytes: Buffer.byteLength(answer.body) });
  });

  test('of a mutation, with the statements of its transaction', async () => {
    const { requestId, line } = await graphql(
      'mutation { updateConversation(input: {id: "ID", title: "t"}) { conversation { id } } }'.replace('ID', conversation),
    );
    expect(line).toMatchObject({ operation: null, status: 200 });
    const statements = parley.logged.filter((each) => each.statement !== undefined && each.requestId === requestId);
    expect(line.statements).toBe(statements.length);
  });

  test('of an operation over a socket, when it ends', async () => {
    const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const received = (type: string) =>
      new Promise<void>((resolve) => socket.addEventListener('message', ({ data }) => JSON.parse(data).type === type && resolve()));
    await new Promise((resolve) => socket.addEventListener('open', resolve));
    const acknowledged = received('connection_ack');
    socket.send(JSON.stringify({ type: 'connection_init', payload: { apiKey: tenant.key } }));
    await acknowledged;
    const complete = received('complete');
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: 'query OverSocket { viewer { name } }' } }));
    await complete;
    socket.close();
    await expect
      .poll(() => lines().filter(({ operation }) => operation === 'OverSocket'))
      .toMatchObject([{ method: 'WEBSOCKET', surface: 'graphql', status: null, code: null, organizationId: tenant.id, keyId }]);
  });

  test.each([
    ['a wrong key, GraphQL', () => graphql('{ viewer { name } }', {}, 'am_live_00000000000000000000000000000'), 401, 'UNAUTHENTICATED'],
    [
      'a wrong key, REST',
      () => request('/agentmessage/v1/conversations', { key: 'am_live_00000000000000000000000000000' }),
      401,
      'unauthenticated',
    ],
    ['an invalid operation', () => graphql('{ nothing }'), 200, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'an unknown id',
      () => graphql('query($id: ID!) { conversation(id: $id) { id } }', { id: encodeId('Conversation', randomUUID()) }),
      200,
      null,
    ],
    ['a wrong parameter', () => request('/agentmessage/v1/conversations?limit=x'), 422, 'malformed'],
    ['an unknown route', () => request('/agentmessage/v1/nothing'), 404, 'notFound'],
  ])('of %s, with the reason', async (_name, send, status, code) => {
    const { answer, line } = await send();
    expect(answer.status).toBe(status);
    expect(line).toMatchObject({ level: 30, status, code, bytes: Buffer.byteLength(answer.body) });
  });

  test('of a key without budget left', async () => {
    const key = await parley.key(tenant.id, undefined, null, 1);
    await graphql('{ viewer { name } }', {}, key);
    const { line } = await graphql('{ conversations { nodes { id } } }', {}, key);
    expect(line).toMatchObject({ status: 429, code: 'RATE_LIMITED', price: null });
    const rest = await request('/agentmessage/v1/conversations', { key });
    expect(rest.line).toMatchObject({ status: 429, code: 'rateLimited', surface: 'agentmessage' });
  });

  test('of a client that disconnects before its answer, without a status', async () => {
    const requestId = randomUUID();
    const headers = { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json', expect: '100-continue' };
    const begun = httpRequest(`${server.origin}/graphql`, { method: 'POST', headers: { ...headers, 'x-request-id': requestId } });
    begun.on('error', () => {}).write('{"query":');
    await once(begun, 'continue');
    begun.destroy();
    expect(await lineOf(requestId)).toMatchObject({ status: null, aborted: true, bytes: 0 });
  });

  test.each([
    ['another protocol', '/graphql', { upgrade: 'irc' }, 426],
    ['another path', `/${canary}`, { upgrade: 'websocket' }, 426],
    [
      'a handshake without a key',
      '/graphql',
      { upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-protocol': 'graphql-transport-ws' },
      400,
    ],
  ])('of a refused upgrade: %s', async (_name, path, headers, status) => {
    const requestId = randomUUID();
    const answer = await server.send(path, { connection: 'upgrade', 'x-request-id': requestId, ...headers });
    expect(answer.status).toBe(status);
    const bytes = Buffer.byteLength(answer.body);
    expect(await lineOf(requestId)).toMatchObject({ level: 30, surface: 'graphql', method: 'GET', route: null, status, bytes });
  });

  test('of a socket whose key is refused', async () => {
    const begun = lines().length;
    const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await new Promise((resolve) => socket.addEventListener('open', resolve));
    const closed = new Promise<CloseEvent>((resolve) => socket.addEventListener('close', resolve));
    socket.send(JSON.stringify({ type: 'connection_init', payload: { apiKey: 'am_live_00000000000000000000000000000' } }));
    expect((await closed).code).toBe(4401);
    const line = { method: 'WEBSOCKET', surface: 'graphql', route: '/graphql', status: null, code: 'UNAUTHENTICATED', keyId: null };
    expect(lines().slice(begun)).toMatchObject([line]);
  });

  test.each(['/health', '/ready', '/'])('of %s at level debug, because load balancers request it all the time', async (path) => {
    expect((await request(path, { key: null })).line).toMatchObject({ level: 20, status: 200, organizationId: null });
  });
});

describe('the id of a request', () => {
  const idOf = async (sent: string) => {
    const response = await parley.fetch('/graphql', tenant.key, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': sent },
      body: '{"query": "{ viewer { name } }"}',
    });
    return response.headers.get('x-request-id');
  };

  test.each(['a', 'req-1.2_3:4', '4bf92f3577b34da6a3ce929d0e0e4736', 'x'.repeat(128)])(
    'is the id that the caller sent: %s',
    async (sent) => {
      expect(await idOf(sent)).toBe(sent);
    },
  );

  test.each(['', ' ', 'a b', 'ä', 'x'.repeat(129), '{"level":50}', 'a,b'])(
    'is a new one if the sent one could not stand in a log: %s',
    async (sent) => {
      expect(await idOf(sent)).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    },
  );
});

test('no line has content, variables, a key or a URL with values', async () => {
  const begun = parley.logged.length;
  await graphql('query($text: String!) { searchMessages(query: $text) { nodes { body } } }', { text: canary });
  await graphql(`{ searchMessages(query: "${canary}") { nodes { body } } }`);
  await graphql(`mutation($input: UpdateConversationInput!) { updateConversation(input: $input) { conversation { title } } }`, {
    input: { id: conversation, title: canary },
  });
  await graphql(`{ ${canary} }`);
  await request(`/agentmessage/v1/conversations?contact_number=%2B15557654321&cursor=${canary}`);
  await request(`/agentmessage/v1/${canary}`);
  await request(`/${canary}`);
  await request('/agentmessage/v1/conversations', { key: `am_live_${canary}` });
  const written = JSON.stringify(parley.logged.slice(begun));
  expect(written).not.toContain(canary);
  expect(written).not.toContain('15557654321');
  expect(written).not.toContain(tenant.key.slice(8));
});
