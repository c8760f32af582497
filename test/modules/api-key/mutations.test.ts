import { beforeEach, describe, expect, test } from 'vitest';
import { scopes } from '../../../src/auth/scopes.ts';
import { encodeId } from '../../../src/values/ids.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { ask } from '../conversation/conversations.ts';

const parley = useApp();
const fields = 'id name hint scopes createdAt expiresAt revokedAt';
const create = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret apiKey { ${fields} } } }`;
const rotate = `mutation ($input: RotateApiKeyInput!) { rotateApiKey(input: $input) { secret apiKey { ${fields} } replaced { ${fields} } } }`;
const revoke = `mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { ${fields} } } }`;
const inAnHour = () => new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 3_600_000).toISOString().replace('.000Z', 'Z');
const unknown = encodeId('ApiKey', '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e');
let tenant: Tenant;

beforeEach(async () => {
  tenant = await parley.tenant();
});

const created = async (input: object = {}) =>
  (await ask(parley, tenant.key, create, { input: { name: 'crm', scopes: ['conversations:read'], ...input } })).createApiKey;
const rotated = async (input: object) => (await ask(parley, tenant.key, rotate, { input })).rotateApiKey;
const viewer = async (secret: string) => (await parley.graphql(secret, '{ viewer { name scopes expiresAt } }')).data?.viewer ?? null;
const codeOf = async (key: string, query: string, variables: Record<string, unknown>) => {
  const { data, errors } = await parley.graphql(key, query, variables);
  expect(data).toBeNull();
  return errors?.[0]?.extensions;
};

describe('createApiKey', () => {
  test('creates a key with its name, scopes and end; the secret is shown once and not stored', async () => {
    const expiresAt = inAnHour();
    const { secret, apiKey } = await created({ scopes: ['messages:ingest', 'conversations:read', 'messages:ingest'], expiresAt });
    expect(await viewer(secret)).toEqual({ name: 'crm', scopes: ['conversations:read', 'messages:ingest'], expiresAt });
    expect(apiKey).toMatchObject({ name: 'crm', hint: `am_live_…${secret.slice(-4)}`, revokedAt: null, expiresAt });
    const rows = await parley.app.database.query({
      label: 'test_keys',
      text: 'select k::text as row from api_keys k where organization_id = $1',
      values: [tenant.id],
    });
    expect(JSON.stringify(rows)).not.toContain(secret.slice(8));
    expect(JSON.stringify(parley.logged)).not.toContain(secret.slice(8));
  });

  test.each([
    ['AM_LIVE', 'am_live_'],
    ['SK_LIVE', 'sk_live_'],
    ['ZK_LIVE', 'zk_live_'],
    [null, 'am_live_'],
  ])('with the prefix %s its secret begins with %s', async (prefix, beginning) => {
    const { secret, apiKey } = await created({ prefix });
    expect(secret).toMatch(new RegExp(`^${beginning}[0-9A-Za-z]{31}$`));
    expect((await rotated({ id: apiKey.id })).secret).toMatch(new RegExp(`^${beginning}[0-9A-Za-z]{31}$`));
  });

  test('refuses a scope that the key lacks', async () => {
    const lesser = await parley.key(tenant.id, ['apikeys:write', 'conversations:read']);
    const input = { name: 'more', scopes: [...scopes] };
    expect(await codeOf(lesser, create, { input })).toMatchObject({
      code: 'FORBIDDEN',
      requiredScopes: scopes.filter((scope) => scope !== 'apikeys:write' && scope !== 'conversations:read'),
    });
    const { createApiKey } = await ask(parley, lesser, create, { input: { ...input, scopes: ['conversations:read'] } });
    expect(await viewer(createApiKey.secret)).toMatchObject({ scopes: ['conversations:read'] });
  });

  test.each([
    ['name', { name: '' }],
    ['name', { name: 'x'.repeat(201) }],
    ['name', { name: 'a\0' }],
    ['name', { name: 'a\u001b[2K' }],
    ['name', { name: 'a\u202eb' }],
    ['scopes', { scopes: [] }],
    ['scopes[1]', { scopes: ['conversations:read', 'everything'] }],
    ['expiresAt', { expiresAt: '2020-01-01T00:00:00Z' }],
  ])('refuses %s %j', async (field, wrong) => {
    const input = { name: 'crm', scopes: ['conversations:read'], ...wrong };
    expect(await codeOf(tenant.key, create, { input })).toMatchObject({ code: 'BAD_USER_INPUT', field: `input.${field}` });
    expect((await ask(parley, tenant.key, '{ apiKeys { totalCount } }')).apiKeys.totalCount).toBe(1);
  });
});

describe('rotateApiKey', () => {
  test('the new secret works and the old one stops at once', async () => {
    const expiresAt = inAnHour();
    const old = await created({ expiresAt });
    expect(await viewer(old.secret)).not.toBeNull();
    const { secret, apiKey, replaced } = await rotated({ id: old.apiKey.id });
    expect(await viewer(secret)).toEqual({ name: 'crm', scopes: ['conversations:read'], expiresAt });
    expect(await viewer(old.secret)).toBeNull();
    expect(replaced).toEqual({ ...old.apiKey, revokedAt: expect.any(String) });
    expect(apiKey).toMatchObject({ name: 'crm', scopes: ['conversations:read'], revokedAt: null });
    expect(apiKey.id).not.toBe(old.apiKey.id);
  });

  test('with a grace period both secrets work, and the old key never ends later than before', async () => {
    const old = await created();
    const { secret, replaced } = await rotated({ id: old.apiKey.id, graceSeconds: 600, expiresAt: null });
    const end = Date.parse(replaced.expiresAt) - Date.now();
    expect(end).toBeGreaterThan(540_000);
    expect(end).toBeLessThanOrEqual(601_000);
    expect(await viewer(secret)).toMatchObject({ expiresAt: null });
    expect(await viewer(old.secret)).toMatchObject({ expiresAt: replaced.expiresAt });
    const short = await created({ expiresAt: inAnHour() });
    expect((await rotated({ id: short.apiKey.id, graceSeconds: 604_800 })).replaced.expiresAt).toBe(short.apiKey.expiresAt);
  });

  test('a second rotation within the grace period makes another key, which ends with that period unless expiresAt is given', async () => {
    const old = await created();
    const input = { id: old.apiKey.id, graceSeconds: 600 };
    const answers = [await rotated(input), await rotated(input), await rotated({ ...input, expiresAt: null })];
    const end = answers[0].replaced.expiresAt;
    expect(answers.map(({ apiKey }) => apiKey.expiresAt)).toEqual([null, end, null]);
    // The grace does not grow.
    expect(answers.map(({ replaced }) => replaced.expiresAt)).toEqual([end, end, end]);
    for (const { secret } of [old, ...answers]) expect(await viewer(secret)).not.toBeNull();
    expect((await ask(parley, tenant.key, '{ apiKeys { totalCount } }')).apiKeys.totalCount).toBe(5);
  });

  test('a key rotates itself', async () => {
    const own = await created({ scopes: ['apikeys:write'] });
    const { rotateApiKey } = await ask(parley, own.secret, rotate, { input: { id: own.apiKey.id } });
    expect([await viewer(own.secret), await viewer(rotateApiKey.secret)]).toEqual([null, expect.anything()]);
  });

  test('an ended key is CONFLICT, a key with more scopes FORBIDDEN; both stay unchanged', async () => {
    const { apiKey } = await created();
    await ask(parley, tenant.key, revoke, { id: apiKey.id });
    expect(await codeOf(tenant.key, rotate, { input: { id: apiKey.id } })).toMatchObject({ code: 'CONFLICT' });
    const more = await created({ scopes: ['messages:erase', 'apikeys:write'] });
    const lesser = await parley.key(tenant.id, ['apikeys:write']);
    expect(await codeOf(lesser, rotate, { input: { id: more.apiKey.id } })).toMatchObject({
      code: 'FORBIDDEN',
      requiredScopes: ['messages:erase'],
    });
    expect(await viewer(more.secret)).not.toBeNull();
  });

  test('of two rotations at once without a grace period one is refused', async () => {
    const { apiKey } = await created();
    const answers = await Promise.all([1, 2].map(() => parley.graphql(tenant.key, rotate, { input: { id: apiKey.id } })));
    expect(answers.map(({ errors }) => errors?.[0]?.extensions.code ?? 'done').sort()).toEqual(['CONFLICT', 'done']);
  });

  test.each([
    ['graceSeconds', { graceSeconds: -1 }],
    ['graceSeconds', { graceSeconds: 604_801 }],
    ['expiresAt', { expiresAt: '2020-01-01T00:00:00Z' }],
    ['id', { id: 'x' }],
  ])('refuses %s %j', async (field, wrong) => {
    const { secret, apiKey } = await created();
    expect(await codeOf(tenant.key, rotate, { input: { id: apiKey.id, ...wrong } })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: `input.${field}`,
    });
    expect(await viewer(secret)).not.toBeNull();
  });
});

describe('revokeApiKey', () => {
  test('ends a key at once; a second revocation keeps the time of the first', async () => {
    const { secret, apiKey } = await created();
    expect(await viewer(secret)).not.toBeNull();
    const first = await ask(parley, tenant.key, revoke, { id: apiKey.id });
    expect(await viewer(secret)).toBeNull();
    expect(first.revokeApiKey.apiKey).toEqual({ ...apiKey, revokedAt: expect.any(String) });
    expect(await ask(parley, tenant.key, revoke, { id: apiKey.id })).toEqual(first);
  });
});

test("an unknown key and another organization's key get the same answer", async () => {
  const stranger = await parley.tenant();
  const { secret, apiKey } = await created();
  for (const id of [unknown, apiKey.id]) {
    const notFound = { message: 'there is no such API key', extensions: { code: 'NOT_FOUND' } };
    expect((await parley.graphql(stranger.key, rotate, { input: { id } })).errors).toMatchObject([notFound]);
    expect((await parley.graphql(stranger.key, revoke, { id })).errors).toMatchObject([notFound]);
    const { node } = await ask(parley, stranger.key, 'query ($id: ID!) { node(id: $id) { id } }', { id });
    expect(node).toBeNull();
  }
  expect(await viewer(secret)).not.toBeNull();
});

describe('apiKeys', () => {
  test('lists the keys of the organization, oldest first, ended ones too, by pages, without secrets', async () => {
    const keys = [await created({ name: 'a' }), await created({ name: 'b' }), await created({ name: 'c' })];
    await ask(parley, tenant.key, revoke, { id: keys[1].apiKey.id });
    const names: string[] = [];
    let after: string | null = null;
    do {
      const query = `query ($after: String) { apiKeys(first: 3, after: $after) { totalCount nodes { name } pageInfo { hasNextPage endCursor } } }`;
      const { apiKeys }: { apiKeys: { totalCount: number; nodes: { name: string }[]; pageInfo: Record<string, string> } } = await ask(
        parley,
        tenant.key,
        query,
        { after },
      );
      expect(apiKeys.totalCount).toBe(4);
      names.push(...apiKeys.nodes.map(({ name }) => name));
      after = apiKeys.pageInfo.hasNextPage ? (apiKeys.pageInfo.endCursor ?? null) : null;
    } while (after !== null);
    expect(names).toEqual(['test', 'a', 'b', 'c']);
  });

  test('needs its scope, also by node', async () => {
    const { apiKey } = await created();
    const key = await parley.key(
      tenant.id,
      scopes.filter((scope) => scope !== 'apikeys:write'),
    );
    const forbidden = { code: 'FORBIDDEN', requiredScopes: ['apikeys:write'] };
    expect((await parley.graphql(key, '{ apiKeys { nodes { id } } }')).errors).toMatchObject([{ extensions: forbidden }]);
    const { errors } = await parley.graphql(key, 'query ($id: ID!) { node(id: $id) { ... on ApiKey { name } } }', { id: apiKey.id });
    expect(errors?.[0]?.extensions).toMatchObject(forbidden);
  });
});
