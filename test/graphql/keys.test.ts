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
