// A part that fails is null, the other parts are answered, and the error names the failed part.
import { buildSchema, type GraphQLObjectType, isListType, isNonNullType, isObjectType } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { encodeId } from '../../src/values/ids.ts';
import { openStream } from '../modules/change/stream.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';
import { post } from './post.ts';

const parley = useApp();
let tenant: Tenant;
let id: string;
let message: string;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [
    phoneLine({ contactNumber: '+15550000003', createdAt: '2025-01-01T00:00:00Z' }),
    phoneLine({ contactNumber: '+15550000004', createdAt: '2025-01-01T00:00:00Z' }),
    phoneLine({ body: 'Here' }),
  ]);
  const { data } = await parley.graphql(tenant.key, '{ conversations(first: 1) { nodes { id lastMessage { id } } } }');
  [
    {
      id,
      lastMessage: { id: message },
    },
  ] = data.conversations.nodes;
});

async function ask(query: string, variables: object = {}, key: string | null = tenant.key) {
  const { status, headers, answer } = await post(parley, key, JSON.stringify({ query, variables }));
  const errors = (answer.errors ?? []).map(({ path, extensions: { code } }) => ({ path: path?.join('.'), code }));
  return { status, data: answer.data, errors, requestId: headers.get('x-request-id') };
}

/** Runs `work` while statements on a table or view fail. */
async function without<Result>(relation: string, work: () => Promise<Result>): Promise<Result> {
  const rename = (from: string, to: string) =>
    parley.app.database.query({ label: 'test_rename', text: `alter table ${from} rename to ${to}` });
  await rename(relation, `${relation}_away`);
  return work().finally(() => rename(`${relation}_away`, relation));
}

test('makes every list with a size nullable, and the edges and nodes of a page not nullable', async () => {
  const schema = buildSchema(await (await parley.fetch('/schema.graphql', tenant.key)).text());
  const types = Object.values(schema.getTypeMap()).filter((type): type is GraphQLObjectType => isObjectType(type));
  const fields = types.flatMap((type) => Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field })));
  const lists = fields.filter(({ field }) => field.args.some(({ name }) => name === 'first'));
  expect(lists.length).toBeGreaterThan(10);
  expect(lists.filter(({ field }) => isNonNullType(field.type)).map(({ name }) => name)).toEqual([]);
  const parts = fields.filter(({ name }) => /Connection\.(edges|nodes)$|Edge\.node$/.test(name));
  expect(parts.length).toBeGreaterThan(18);
  for (const { name, field } of parts) {
    const type = isNonNullType(field.type) && field.type.ofType;
    expect(type && (!isListType(type) || isNonNullType(type.ofType)), name).toBe(true);
  }
});

describe('an invalid argument', () => {
  test('below `node` makes its connection null', async () => {
    const query = `query ($id: ID!) { node(id: $id) { id ... on Conversation {
      messages(first: 0) { nodes { id } } good: messages(first: 1) { nodes { id } } participants { nodes { contactNumber } } } } }`;
    expect(await ask(query, { id })).toMatchObject({
      status: 200,
      data: {
        node: { id, messages: null, good: { nodes: [{ id: message }] }, participants: { nodes: [{ contactNumber: '+15550000002' }] } },
      },
      errors: [{ path: 'node.messages', code: 'BAD_USER_INPUT' }],
    });
  });

  test('of a root connection makes it null', async () => {
    expect(await ask('{ conversations(after: "x") { nodes { id } } agents(first: 1) { totalCount } viewer { name } }')).toMatchObject({
      status: 200,
      data: { conversations: null, agents: { totalCount: 0 }, viewer: { name: 'test' } },
      errors: [{ path: 'conversations', code: 'BAD_USER_INPUT' }],
    });
  });

  test('of reactions makes them null', async () => {
    expect(
      await ask('query ($id: ID!) { node(id: $id) { ... on Message { body reactions(first: 0) { id } } } }', { id: message }),
    ).toMatchObject({
      data: { node: { body: 'Here', reactions: null } },
      errors: [{ path: 'node.reactions', code: 'BAD_USER_INPUT' }],
    });
  });

  test('of one conversation of a page makes its messages null', async () => {
    const query = `query ($message: ID!) { conversations { nodes { contactNumber messages(around: $message) { nodes { id } } } } }`;
    const { data, errors } = await ask(query, { message });
    expect(data.conversations.nodes).toEqual([
      { contactNumber: '+15550000002', messages: { nodes: [{ id: message }] } },
      ...['+15550000004', '+15550000003'].map((contactNumber) => ({ contactNumber, messages: null })),
    ]);
    expect(errors).toEqual([1, 2].map((nth) => ({ path: `conversations.nodes.${nth}.messages`, code: 'NOT_FOUND' })));
  });

  test('of an event makes its connection null, and the stream continues', async () => {
    const other = await parley.tenant();
    await parley.importLines(other, [phoneLine({})]);
    const subscription = 'subscription { messageRecorded { cursor message { body conversation { messages(first: 0) { totalCount } } } } }';
    const stream = await openStream(parley.app, other.key, subscription);
    for (const body of ['One', 'Two']) {
      await parley.importLines(other, [phoneLine({ body })]);
      const event = await stream.next();
      expect(event?.data.messageRecorded).toEqual({ cursor: expect.any(String), message: { body, conversation: { messages: null } } });
      expect(event?.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'first' } }]);
    }
    await stream.close();
  });
});

describe('`nodes`', () => {
  const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } viewer { name } }';

  test.each([
    ['an id that is none', () => [id, 'x']],
    ['too many ids', () => Array.from({ length: 101 }, () => id)],
  ])('is null for %s', async (_name, ids) => {
    expect(await ask(query, { ids: ids() })).toMatchObject({
      status: 200,
      data: { nodes: null, viewer: { name: 'test' } },
      errors: [{ path: 'nodes', code: 'BAD_USER_INPUT' }],
    });
  });

  test('has null for an object that the key may not read, and for an unknown one', async () => {
    const key = await parley.key(tenant.id, ['apikeys:write']);
    const [own] = (await ask('{ apiKeys { nodes { id } } }', {}, key)).data.apiKeys.nodes;
    const ids = [id, own.id, encodeId('ApiKey', '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e')];
    expect(await ask(query, { ids }, key)).toMatchObject({
      status: 200,
      data: { nodes: [null, { __typename: 'ApiKey', id: own.id }, null] },
      errors: [{ path: 'nodes.0', code: 'FORBIDDEN' }],
    });
  });
});

describe('a connection that the key may not read', () => {
  test('is null alone', async () => {
    const key = await parley.key(tenant.id, ['conversations:read']);
    expect(await ask('{ apiKeys { nodes { id } } conversations(first: 1) { nodes { id } } }', {}, key)).toMatchObject({
      status: 200,
      data: { apiKeys: null, conversations: { nodes: [{ id }] } },
      errors: [{ path: 'apiKeys', code: 'FORBIDDEN' }],
    });
  });

  test('answers 401 and nothing else without a key', async () => {
    for (const query of ['{ conversations { totalCount } }', '{ __typename conversations { totalCount } contacts { totalCount } }']) {
      const { status, errors } = await ask(query, {}, null);
      expect(status).toBe(401);
      for (const { code } of errors) expect(code).toBe('UNAUTHENTICATED');
    }
  });
});

describe('a statement that fails', () => {
  test('makes its root connection null', async () => {
    const answer = await without('agents', () => ask('{ agents { nodes { id } } conversations(first: 1) { nodes { id } } }'));
    expect(answer).toMatchObject({
      status: 200,
      data: { agents: null, conversations: { nodes: [{ id }] } },
      errors: [{ path: 'agents', code: 'INTERNAL' }],
    });
  });

  test('makes the connection of every parent null, and is logged once', async () => {
    const query = '{ conversations { nodes { participants { nodes { name } } messages(first: 1) { totalCount } } } }';
    const { data, errors, requestId } = await without('conversation_participants', () => ask(query));
    expect(data.conversations.nodes).toEqual(Array.from({ length: 3 }, () => ({ participants: null, messages: { totalCount: 1 } })));
    expect(errors).toEqual([0, 1, 2].map((nth) => ({ path: `conversations.nodes.${nth}.participants`, code: 'INTERNAL' })));
    expect(parley.logged.filter((line) => line.requestId === requestId && Number(line.level) >= 50)).toHaveLength(1);
  });

  test('is logged once in the payload of a mutation too', async () => {
    const query =
      'mutation ($id: ID!) { markConversationRead(input: { id: $id }) { conversation { a: participants { totalCount } b: participants { totalCount } } } }';
    const { status, errors, requestId } = await without('conversation_participants', () => ask(query, { id }));
    expect(status).toBe(503);
    expect(errors.map(({ code }) => code)).toEqual(['UNAVAILABLE', 'UNAVAILABLE']);
    expect(parley.logged.filter((line) => line.requestId === requestId && Number(line.level) >= 50)).toHaveLength(1);
  });
});

describe('more than 1,000 parts that fail', () => {
  const times = (count: number) => Array.from({ length: count }, (_, index) => `a${index}: messages(first: 0) { totalCount }`).join(' ');
  const query = (count: number) => `{ conversations(first: 25) { nodes { id ${times(count)} } } }`;
  let many: Tenant;

  beforeAll(async () => {
    many = await parley.tenant();
    await parley.importLines(
      many,
      Array.from({ length: 25 }, (_, index) => phoneLine({ contactNumber: `+15550002${String(index).padStart(3, '0')}` })),
    );
  });

  test('fail the whole answer with the error above the limit', async () => {
    const { status, data, errors } = await ask(query(41), {}, many.key);
    expect({ status, data, errors }).toEqual({
      status: 200,
      data: null,
      errors: [{ path: expect.stringMatching(/^conversations\.nodes\.\d+\.a\d+$/), code: 'BAD_USER_INPUT' }],
    });
  });

  test('up to 1,000 have an error each', async () => {
    const { data, errors } = await ask(query(40), {}, many.key);
    expect(data.conversations.nodes).toHaveLength(25);
    expect(new Set(errors.map(({ path }) => path)).size).toBe(1_000);
  });
});
