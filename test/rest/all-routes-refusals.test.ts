import { beforeAll, describe, expect, test } from 'vitest';
import { scopes as allScopes } from '../../src/auth/scopes.ts';
import { newSecret } from '../../src/auth/secret.ts';
import { schema } from '../../src/graphql/schema.ts';
import { createApiKey } from '../../src/modules/api-key/create.ts';
import { requiredScopes } from '../../src/rest/required-scopes.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';
import { type Case, cases, comparable, type Ids, idsOf, initOf, pathOf, unknownIds } from './all-routes.ts';

const parley = useApp();
let tenant: Tenant;
let ids: Ids;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({ agent: { externalId: 'ada', name: 'Ada' } })]);
  ids = await idsOf(parley, tenant);
});

/** The same route under its mount and bare. */
const placesOf = (each: Case, which: Ids) => {
  const mounted = pathOf(each, which);
  return [mounted, mounted.slice(each.contract.name.length + 1)];
};

/** Everything wrong at once: an id of nothing, every parameter twice, a body that is no JSON. */
const asBadAsItGets = (each: Case): [string, RequestInit] => {
  const search = each.operation.parameters.map(({ name }) => `${name}=&${name}=`).join('&');
  const { method } = each.route;
  return [`?${search}`, { method, ...(method !== 'GET' && { body: '{' }), headers: { 'X-Sub-Account-Id': 'x' } }];
};

describe.each(cases)('$title', (each) => {
  test('answers a good key, for it alone, under its mount and bare', async () => {
    const secret = newSecret(each.contract.name);
    await createApiKey(parley.app.database, tenant.id, { secret, name: 'test', scopes: allScopes, expiresAt: null });
    for (const path of placesOf(each, ids)) {
      const { status, headers } = await parley.fetch(path, secret, initOf(each));
      expect(status).toBe(each.route.status);
      expectPrivate(headers);
    }
  });

  test('401 without a good key, whatever else is wrong', async () => {
    const expired = await parley.key(tenant.id, allScopes, new Date(Date.now() - 1_000));
    const [search, init] = asBadAsItGets(each);
    const unknown = newSecret(each.contract.name);
    const mounted = [pathOf(each, ids), pathOf(each, unknownIds) + search];
    const asked = [null, 'x', unknown, expired].flatMap((key) => mounted.map((path) => ({ path, key })));
    // On a bare path the key says whose it is.
    for (const { path, key } of [...asked, ...placesOf(each, ids).map((path) => ({ path, key: unknown }))]) {
      const { status, headers } = await parley.fetch(path, key, init);
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toBe('Bearer');
      expectPrivate(headers);
    }
  });

  test('403 for a key that lacks any one scope, whatever else is wrong', async () => {
    const needed = requiredScopes(schema, each.route.document);
    expect(needed.length).toBeGreaterThan(0);
    const [search, init] = asBadAsItGets(each);
    for (const lacking of needed) {
      const key = await parley.key(
        tenant.id,
        allScopes.filter((scope) => scope !== lacking),
      );
      for (const path of [pathOf(each, ids), pathOf(each, unknownIds) + search]) {
        const { status, headers } = await parley.fetch(path, key, init);
        expect(status).toBe(403);
        expectPrivate(headers);
      }
    }
    const enough = await parley.fetch(pathOf(each, ids), await parley.key(tenant.id, needed), initOf(each));
    expect(enough.status).toBe(each.route.status);
  });

  test('405 for any other method, naming those there are', async () => {
    const there = cases
      .filter(({ contract, route }) => contract === each.contract && route.path === each.route.path)
      .flatMap(({ route: { method } }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'].filter((name) => !there.includes(name))) {
      const { status, headers } = await parley.fetch(pathOf(each, unknownIds), null, { method });
      expect([method, status, headers.get('allow')]).toEqual([method, 405, there.join(', ')]);
      expectPrivate(headers);
    }
  });
});

describe.each(cases.filter(({ route }) => route.method === 'GET'))('$title', (each) => {
  test('HEAD says what GET says, without the body', async () => {
    for (const [path, key] of [
      [pathOf(each, ids), tenant.key],
      [pathOf(each, unknownIds), tenant.key],
      [`${pathOf(each, ids)}?limit=0`, tenant.key],
      [pathOf(each, ids), null],
    ] as const) {
      const get = await comparable(await parley.fetch(path, key));
      const head = await comparable(await parley.fetch(path, key, { method: 'HEAD' }));
      expect(head).toEqual({ ...get, text: '' });
    }
  });
});

function expectPrivate(headers: Headers): void {
  expect(headers.get('cache-control')).toBe('private, no-store');
  expect(headers.get('vary')).toBe('Authorization');
  expect(headers.get('x-request-id')).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
}
