import { beforeAll, describe, expect, test } from 'vitest';
import { encodeId } from '../../src/ids.ts';
import { revokeApiKey } from '../../src/modules/api-key/revoke.ts';
import { type GraphQLAnswer, type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';

const parley = useApp();
const uuid = '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e';
let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({})]);
});

async function post(body: BodyInit, headers: Record<string, string> = {}, key: string | null = tenant.key) {
  const response = await parley.fetch('/graphql', key, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    duplex: 'half',
  } as RequestInit);
  const text = await response.text();
  return { status: response.status, headers: response.headers, answer: JSON.parse(text) as GraphQLAnswer };
}

describe('what the client sent is the client’s error', () => {
  test.each([
    ['a document that does not parse', '{ viewer {', 'GRAPHQL_PARSE_FAILED'],
    ['a document that does not validate', '{ viewer { secret } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a literal that does not coerce', '{ conversations(filter: {since: "yesterday"}) { totalCount } }', 'BAD_USER_INPUT'],
    ['an empty document', '', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown operation', 'query a { viewer { name } } query b { viewer { name } }', 'BAD_USER_INPUT'],
    ['an id of another type', `{ conversation(id: "${encodeId('Message', uuid)}") { id } }`, 'BAD_USER_INPUT'],
    ['no id', '{ conversation(id: "x") { id } }', 'BAD_USER_INPUT'],
    ['a node that is no id', '{ node(id: "☃") { id } }', 'BAD_USER_INPUT'],
    [
      'a filter with an id of another type',
      `{ conversations(filter: {phoneNumberId: "${encodeId('Agent', uuid)}"}) { totalCount } }`,
      'BAD_USER_INPUT',
    ],
    [
      'more than 100 nodes',
      `{ nodes(ids: [${Array(101)
        .fill(`"${encodeId('Message', uuid)}"`)
        .join()}]) { id } }`,
      'BAD_USER_INPUT',
    ],
    [
      'more rows than an operation may return',
      '{ conversations(first: 200) { nodes { messages(first: 200) { nodes { conversation { messages(first: 200) { nodes { id } } } } } } } }',
      'QUERY_TOO_COMPLEX',
    ],
  ])('%s', async (_name, query, code) => {
    const { status, answer } = await post(JSON.stringify({ query }));
    expect(status).toBeLessThan(500);
    expect(answer.errors).toMatchObject([{ extensions: { code, requestId: expect.stringMatching(/^[0-9A-Z]{26}$/) } }]);
  });

  test.each([
    ['since', 'DateTime', '2026-13-01T00:00:00Z'],
    ['since', 'DateTime', 7],
    ['contactNumber', 'PhoneNumberString', '15551112222'],
    ['optedIn', 'Boolean', 'yes'],
    ['types', '[ConversationType!]', ['SMS']],
  ])('a variable for %s that does not coerce names itself', async (field, type, value) => {
    const query = `query ($value: ${type}) { conversations(filter: {${field}: $value}) { totalCount } }`;
    const { status, answer } = await post(JSON.stringify({ query, variables: { value } }));
    expect(status).toBeLessThan(500);
    expect(answer.errors).toMatchObject([{ message: expect.stringContaining('$value'), extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test.each([
    ['JSON that is not', '{"query": ', {}],
    ['JSON that is no object', '[]', {}],
    ['JSON null', 'null', {}],
    ['a query that is no text', '{"query": 7}', {}],
    ['variables that are no object', '{"query": "{ viewer { name } }", "variables": "x"}', {}],
    ['a batch', '[{"query": "{ viewer { name } }"}]', {}],
    ['another type of body', 'query', { 'content-type': 'application/xml' }],
    ['U+0000 in a variable', JSON.stringify({ query: 'query ($id: ID!) { node(id: $id) { id } }', variables: { id: '\u0000' } }), {}],
    [
      'half a surrogate in a variable',
      JSON.stringify({ query: 'query ($id: ID!) { node(id: $id) { id } }', variables: { id: '\ud800' } }),
      {},
    ],
    ['a number too big', '{"query": "query ($n: Int) { conversations(first: $n) { totalCount } }", "variables": {"n": 1e20}}', {}],
  ])('%s', async (_name, body, headers) => {
    const { status, answer } = await post(body, headers);
    expect(status).toBeLessThan(500);
    expect(answer.errors?.length).toBeGreaterThan(0);
    for (const { extensions } of answer.errors ?? [])
      expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', requestId: expect.any(String) });
  });

  test('a body over 4 MiB: 413, whether or not it says so before', async () => {
    const body = JSON.stringify({ query: `{ viewer { name } } #${'x'.repeat(4 * 1024 * 1024)}` });
    for (const headers of [{}, { 'content-length': String(body.length) }] as Record<string, string>[]) {
      expect(await post(body, headers)).toMatchObject({ status: 413, answer: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] } });
    }
    const chunks = new ReadableStream({
      start(controller) {
        for (let sent = 0; sent < body.length; sent += 65_536) controller.enqueue(Buffer.from(body.slice(sent, sent + 65_536)));
        controller.close();
      },
    });
    expect(await post(chunks)).toMatchObject({ status: 413 });
  });

  test('a wrong method', async () => {
    const response = await parley.fetch('/graphql', tenant.key, { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toMatch(/POST/);
  });
});

describe('keys', () => {
  const ask = async (authorization: string | null, more: [string, string][] = []) => {
    const headers = new Headers([
      ['content-type', 'application/json'],
      ...(authorization === null ? [] : ([['authorization', authorization]] as [string, string][])),
      ...more,
    ]);
    const response = await parley.app.fetch(
      new Request('http://parley.test/graphql', { method: 'POST', headers, body: '{"query":"{ viewer { name } }"}' }),
    );
    return { status: response.status, body: (await response.json()) as GraphQLAnswer };
  };

  test.each([
    ['none', null],
    ['an empty one', 'Bearer '],
    ['no scheme', 'am_live_demo000000000000000000000000000'],
    ['another scheme', 'Basic am_live_demo000000000000000000000000000'],
    ['an unknown one', 'Bearer am_live_0000000000000000000000000000000'],
    ['a long one', `Bearer am_live_${'0'.repeat(5_000)}`],
    ['one with a character that keys do not have', 'Bearer am_live_d\u00e9mo'],
  ])('%s: 401 UNAUTHENTICATED', async (_name, authorization) => {
    expect(await ask(authorization)).toMatchObject({ status: 401, body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } });
  });

  test('the scheme is read in any case, spaces around the key do not count', async () => {
    for (const authorization of [`bearer ${tenant.key}`, `BEARER ${tenant.key}`, `Bearer   ${tenant.key}`, `Bearer ${tenant.key}  `]) {
      expect(await ask(authorization)).toMatchObject({ status: 200, body: { data: { viewer: { name: 'test' } } } });
    }
  });

  test('two keys are none', async () => {
    expect(await ask(`Bearer ${tenant.key}`, [['authorization', `Bearer ${tenant.key}`]])).toMatchObject({ status: 401 });
  });

  test('an expired key', async () => {
    const key = await parley.key(tenant.id, ['conversations:read'], new Date(Date.now() - 1));
    expect(await ask(`Bearer ${key}`)).toMatchObject({ status: 401 });
  });

  test('a revoked key', async () => {
    const other = await parley.tenant();
    const [row] = await parley.app.database.query<{ id: string }>({
      label: 'test_key',
      text: 'select id from api_keys where organization_id = $1',
      values: [other.id],
    });
    await revokeApiKey(parley.app.database, other.id, row?.id ?? '');
    expect(await ask(`Bearer ${other.key}`)).toMatchObject({ status: 401 });
  });

  test('a missing scope is named, and nothing is shown', async () => {
    const key = await parley.key(tenant.id, ['messages:ingest']);
    const id = encodeId('Conversation', uuid);
    for (const query of [
      '{ conversations { totalCount } }',
      `{ conversation(id: "${id}") { id } }`,
      '{ phoneNumbers { nodes { number } } }',
    ]) {
      const { data, errors } = await parley.graphql(key, query);
      expect(data?.conversation ?? null).toBeNull();
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', requiredScopes: ['conversations:read'] } }]);
    }
    const { data } = await parley.graphql(
      tenant.key,
      '{ conversations { nodes { id lastMessage { id } phoneNumber { id } participants { nodes { id } } } } }',
    );
    const [conversation] = data.conversations.nodes;
    const ids = [conversation.id, conversation.lastMessage.id, conversation.phoneNumber.id, conversation.participants.nodes[0].id];
    for (const each of ids) {
      const answer = await parley.graphql(key, 'query ($id: ID!) { node(id: $id) { id __typename } }', { id: each });
      expect(answer.data).toEqual({ node: null });
      expect(answer.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', requiredScopes: ['conversations:read'] } }]);
    }
  });
});

test('what belongs to another organization is answered as what does not exist', async () => {
  const other = await parley.tenant();
  await parley.importLines(other, [phoneLine({ contactNumber: '+15559990000' })]);
  const fields = 'id lastMessage { id author { id } } phoneNumber { id }';
  const { data } = await parley.graphql(other.key, `{ organization { id } conversations { nodes { ${fields} } } }`);
  const [{ id, lastMessage, phoneNumber }] = data.conversations.nodes;
  const types = {
    Conversation: id,
    Message: lastMessage.id,
    Participant: lastMessage.author.id,
    PhoneNumber: phoneNumber.id,
    Organization: data.organization.id,
  } as const;
  for (const [type, foreign] of Object.entries(types)) {
    const unknown = encodeId(type as keyof typeof types, uuid);
    const ask = (each: string) =>
      parley.graphql(tenant.key, 'query ($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }', { id: each });
    expect(await ask(foreign)).toEqual({ data: { node: null, nodes: [null] } });
    expect(await ask(unknown)).toEqual({ data: { node: null, nodes: [null] } });
  }
  expect(await parley.graphql(tenant.key, 'query ($id: ID!) { conversation(id: $id) { id } }', { id })).toEqual({
    data: { conversation: null },
  });
  const filtered = await parley.graphql(
    tenant.key,
    'query ($id: ID!) { conversations(filter: {phoneNumberId: $id}) { totalCount nodes { id } } }',
    { id: phoneNumber.id },
  );
  expect(filtered).toEqual({ data: { conversations: { totalCount: 0, nodes: [] } } });
  const own = await parley.graphql(tenant.key, '{ conversations { nodes { contactNumber } } }');
  expect(own.data.conversations.nodes).toEqual([{ contactNumber: '+15550000002' }]);
});

test('every answer forbids keeping it and carries its request id', async () => {
  for (const [key, query] of [
    [tenant.key, '{ viewer { name } }'],
    [tenant.key, '{'],
    [null, '{ viewer { name } }'],
  ] as const) {
    const { headers } = await post(JSON.stringify({ query }), {}, key);
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('vary')).toMatch(/Authorization/);
    expect(headers.get('x-request-id')).toMatch(/^[0-9A-Z]{26}$/);
  }
});

test('introspection needs a key where no demo is served', async () => {
  expect(await post('{"query":"{ __schema { queryType { name } } }"}', {}, null)).toMatchObject({ status: 401 });
  expect(await post('{"query":"{ __schema { queryType { name } } }"}')).toMatchObject({
    status: 200,
    answer: { data: { __schema: { queryType: { name: 'Query' } } } },
  });
});

test('an error of the inside is masked on the wire and logged under its request id', async () => {
  await parley.app.database.query({ label: 'test_break', text: 'alter table agents rename to agents_gone' });
  const { answer } = await post(JSON.stringify({ query: '{ conversations { nodes { participants { nodes { name } } } } }' }));
  await parley.app.database.query({ label: 'test_mend', text: 'alter table agents_gone rename to agents' });
  const [error] = answer.errors ?? [];
  expect(error).toMatchObject({ message: 'internal error', extensions: { code: 'INTERNAL' } });
  expect(JSON.stringify(answer)).not.toContain('agents');
  const lines = parley.logged.filter(({ requestId }) => requestId === error?.extensions.requestId);
  expect(JSON.stringify(lines)).toContain('agents');
});
