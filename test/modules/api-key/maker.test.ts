import { beforeAll, describe, expect, test } from 'vitest';
import { revokeApiKey } from '../../../src/modules/api-key/commands/revoke.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { ask } from '../conversation/conversations.ts';

const parley = useApp();
const create = 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret apiKey { expiresAt } } }';
const rotate = 'mutation ($input: RotateApiKeyInput!) { rotateApiKey(input: $input) { secret apiKey { expiresAt } } }';
const revoke = 'mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { apiKey { revokedAt } } }';
/** A whole second, `seconds` from now. */
const later = (seconds: number) => new Date(Math.ceil(Date.now() / 1_000 + seconds) * 1_000);
const text = (instant: Date) => instant.toISOString().replace('.000Z', 'Z');
const child = { name: 'child', scopes: ['apikeys:write'] };
let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
});

/** The global id of the key with this secret. */
async function idOf(secret: string): Promise<string> {
  const { apiKeys } = await ask(parley, tenant.key, '{ apiKeys(last: 200) { nodes { id hint } } }');
  return apiKeys.nodes.find(({ hint }: { hint: string }) => hint.endsWith(secret.slice(-4))).id;
}

const works = async (secret: string) => (await parley.graphql(secret, '{ viewer { name } }')).data?.viewer != null;
const count = async () => (await ask(parley, tenant.key, '{ apiKeys { totalCount } }')).apiKeys.totalCount;

/** The error of a mutation that must change no key. */
async function refused(secret: string, document: string, input: object) {
  const before = await count();
  const { data, errors } = await parley.graphql(secret, document, { input });
  expect(data).toBeNull();
  expect(await count()).toBe(before);
  return errors?.[0];
}

describe('a key does not outlive its maker', () => {
  let maker: string;
  let end: Date;
  let tooLate: object;

  beforeAll(async () => {
    end = later(600);
    maker = await parley.key(tenant.id, ['apikeys:write'], end);
    const reason = `must not be after the end of the key that makes it, ${text(end)}`;
    tooLate = { message: `input.expiresAt: ${reason}`, extensions: { code: 'BAD_USER_INPUT', field: 'input.expiresAt', reason } };
  });

  test.each([[{}], [{ expiresAt: null }]])('a new key with %j ends when its maker does', async (expiry) => {
    const { createApiKey } = await ask(parley, maker, create, { input: { ...child, ...expiry } });
    expect(createApiKey.apiKey.expiresAt).toBe(text(end));
  });

  test('a new key may end earlier or at the same time, not a millisecond later', async () => {
    for (const expiresAt of [later(300), end]) {
      const { createApiKey } = await ask(parley, maker, create, { input: { ...child, expiresAt } });
      expect(createApiKey.apiKey.expiresAt).toBe(text(expiresAt));
    }
    expect(await refused(maker, create, { ...child, expiresAt: new Date(end.getTime() + 1) })).toMatchObject(tooLate);
  });

  test('a key that rotates itself gains no time', async () => {
    const own = await parley.key(tenant.id, ['apikeys:write'], end);
    expect(await refused(own, rotate, { id: await idOf(own), expiresAt: later(700) })).toMatchObject(tooLate);
    let secret = own;
    for (const expiry of [{}, { expiresAt: null }]) {
      const { rotateApiKey } = await ask(parley, secret, rotate, { input: { id: await idOf(secret), ...expiry } });
      expect(rotateApiKey.apiKey.expiresAt).toBe(text(end));
      secret = rotateApiKey.secret;
    }
    expect(await works(secret)).toBe(true);
  });

  test.each([
    ['without an end', null],
    ['with a later end', later(3_600)],
  ])('the successor of a key %s ends when the key that makes it does', async (_name, expiresAt) => {
    const other = await parley.key(tenant.id, ['apikeys:write'], expiresAt);
    const { rotateApiKey } = await ask(parley, maker, rotate, { input: { id: await idOf(other) } });
    expect(rotateApiKey.apiKey.expiresAt).toBe(text(end));
  });

  test('the successor of a key with an earlier end keeps that end', async () => {
    const soon = later(60);
    const other = await parley.key(tenant.id, ['apikeys:write'], soon);
    const { rotateApiKey } = await ask(parley, maker, rotate, { input: { id: await idOf(other) } });
    expect(rotateApiKey.apiKey.expiresAt).toBe(text(soon));
  });

  test('a key without an end makes keys without an end', async () => {
    const { createApiKey } = await ask(parley, tenant.key, create, { input: child });
    expect(createApiKey.apiKey.expiresAt).toBeNull();
  });
});

describe('a key that lacks a scope', () => {
  test.each([
    ['revokes', revoke],
    ['rotates', rotate],
  ])('%s no key that has it', async (verb, document) => {
    const lesser = await parley.key(tenant.id, ['apikeys:write', 'conversations:read']);
    const greater = await parley.key(tenant.id, ['apikeys:write', 'conversations:read', 'messages:erase', 'org:admin:write']);
    expect(await refused(lesser, document, { id: await idOf(greater) })).toMatchObject({
      message: `a key ${verb} only keys whose scopes it has itself: this key lacks messages:erase, org:admin:write`,
      extensions: { code: 'FORBIDDEN', requiredScopes: ['messages:erase', 'org:admin:write'] },
    });
    expect(await works(greater)).toBe(true);
  });

  test('creates no key that has it', async () => {
    const lesser = await parley.key(tenant.id, ['apikeys:write']);
    expect(await refused(lesser, create, { ...child, scopes: ['apikeys:write', 'messages:ingest'] })).toMatchObject({
      message: 'a key creates only keys whose scopes it has itself: this key lacks messages:ingest',
      extensions: { code: 'FORBIDDEN', requiredScopes: ['messages:ingest'] },
    });
  });

  test('revokes keys with fewer scopes, and itself', async () => {
    const maker = await parley.key(tenant.id, ['apikeys:write', 'conversations:read']);
    const fewer = await parley.key(tenant.id, ['conversations:read']);
    for (const secret of [fewer, maker]) {
      await ask(parley, maker, revoke, { input: { id: await idOf(secret) } });
      expect(await works(secret)).toBe(false);
    }
  });
});

describe('a key that ended after this gateway had looked it up', () => {
  test.each([
    ['creates', create],
    ['rotates', rotate],
    ['revokes', revoke],
  ])('%s no key', async (_name, document) => {
    const maker = await parley.key(tenant.id, ['apikeys:write']);
    const { id } = (await parley.app.database.prisma.apiKey.findFirstOrThrow({ where: { hint: { endsWith: maker.slice(-4) } } })) ?? {};
    expect(await works(maker)).toBe(true);
    // As an operator does, who is another process: this gateway still knows the key.
    await revokeApiKey(parley.app.database, tenant.id, id);
    expect(await works(maker)).toBe(true);
    const input = document === create ? child : { id: await idOf(tenant.key) };
    expect(await refused(maker, document, input)).toMatchObject({
      message: 'the API key of this request was revoked or has expired',
      extensions: { code: 'UNAUTHENTICATED' },
    });
    expect(await works(tenant.key)).toBe(true);
  });

  test('of two keys that revoke each other at once, one stays valid', async () => {
    const pair = await Promise.all([1, 2].map(() => parley.key(tenant.id, ['apikeys:write'])));
    const ids = await Promise.all(pair.map(idOf));
    const answers = await Promise.all(pair.map((secret, index) => parley.graphql(secret, revoke, { input: { id: ids[1 - index] } })));
    expect(answers.map(({ errors }) => errors?.[0]?.extensions.code ?? 'done').sort()).toEqual(['UNAUTHENTICATED', 'done']);
    expect((await Promise.all(pair.map(works))).sort()).toEqual([false, true]);
  });
});
