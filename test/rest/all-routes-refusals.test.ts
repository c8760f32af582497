import { beforeAll, describe, expect, test } from 'vitest';
import { scopes as allScopes, type Scope } from '../../src/auth/scopes.ts';
import { newSecret } from '../../src/auth/secret.ts';
import { createApiKey } from '../../src/modules/api-key/commands/create.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { type Case, cases, comparable, type Ids, initOf, malformedIds, pathOf, tenantWithIds, unknownIds } from './all-routes.ts';
import { expectRefusal } from './documented-refusals.ts';

const parley = useApp();
let tenant: Tenant;
let ids: Ids;

beforeAll(async () => {
  ({ tenant, ids } = await tenantWithIds(parley));
});

/** A request for a route. `path`: below the contract's mount. */
interface Asked {
  path: string;
  init: RequestInit;
}

const bareOf = (each: Case, which: Ids) => pathOf(each, which).slice(each.contract.name.length + 1);

/** Returns good requests and malformed ones (every parameter twice, a body that is not JSON), with ids that exist, are unknown, and are malformed. */
function requests(each: Case, headers: Record<string, string> = {}): Asked[] {
  const { method } = each.route;
  const search = each.operation.parameters.map(({ name }) => `${name}=&${name}=`).join('&');
  const worst = { method, ...(method !== 'GET' && { body: '{' }), headers };
  return [ids, unknownIds, malformedIds].flatMap((which) => [
    { path: bareOf(each, which), init: initOf(each) },
    { path: `${bareOf(each, which)}?${search}`, init: worst },
  ]);
}

/** Sends a request below the mount with every key, and on the bare path with the keys that choose this contract: for AgentPhone only its own keys. */
async function ask(each: Case, { path, init }: Asked, own: readonly string[], others: readonly (string | null)[]): Promise<Response[]> {
  const keys = [...own, ...others];
  const bare = each.contract.name === 'agentphone' ? own : keys;
  return Promise.all([
    ...keys.map((key) => parley.fetch(`/${each.contract.name}${path}`, key, init)),
    ...bare.map((key) => parley.fetch(path, key, init)),
  ]);
}

/** Creates a key with this contract's prefix, and one with another's. */
async function keysFor({ contract }: Case, scopes: readonly Scope[], expiresAt: Date | null = null): Promise<[own: string, other: string]> {
  const [own, other] = [newSecret(contract.name), newSecret(contract.name === 'ziik' ? 'agentmessage' : 'ziik')];
  for (const secret of [own, other]) await createApiKey(parley.app.database, tenant.id, { secret, name: 'test', scopes, expiresAt });
  return [own, other];
}

async function expectRefused({ contract }: Case, response: Response, status: number): Promise<void> {
  await expectRefusal(contract.name, response, status);
  expect(response.headers.get('content-type')).toBe('application/json');
  expectPrivate(response.headers);
}

describe.each(cases)('$title', (each) => {
  test('answers 401 without a good key, whatever else is wrong', async () => {
    const [expired] = await keysFor(each, allScopes, new Date(Date.now() - 1_000));
    for (const asked of requests(each, { 'X-Sub-Account-Id': 'x' })) {
      for (const response of await ask(each, asked, [newSecret(each.contract.name), expired], [null, 'x'])) {
        await expectRefused(each, response, 401);
        expect(response.headers.get('www-authenticate')).toBe('Bearer');
      }
    }
  });

  test('answers 405 for any other method, and names the allowed ones', async () => {
    const there = cases
      .filter(({ contract, route }) => contract === each.contract && route.path === each.route.path)
      .flatMap(({ route: { method } }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'].filter((name) => !there.includes(name))) {
      for (const { path } of requests(each)) {
        for (const response of await ask(each, { path, init: { method } }, [newSecret(each.contract.name)], [null])) {
          expect([method, response.status, response.headers.get('allow')]).toEqual([method, 405, there.join(', ')]);
          if (method === 'HEAD') expectPrivate(response.headers);
          else await expectRefused(each, response, 405);
        }
      }
    }
  });
});

describe.each(cases.filter(({ route }) => route.method === 'GET'))('$title', (each) => {
  test('answers HEAD like GET, without the body', async () => {
    const [own] = await keysFor(each, allScopes);
    const path = bareOf(each, ids);
    for (const asked of [path, bareOf(each, unknownIds), bareOf(each, malformedIds), `${path}?limit=0`, `${path}/x`]) {
      const [get, head] = await Promise.all(
        ['GET', 'HEAD'].map(async (method) =>
          Promise.all((await ask(each, { path: asked, init: { method } }, [own], [null])).map((response) => comparable(response))),
        ),
      );
      expect(head).toEqual(get?.map((answer) => ({ ...answer, text: '' })));
    }
  });
});

function expectPrivate(headers: Headers): void {
  expect(headers.get('cache-control')).toBe('private, no-store');
  expect(headers.get('vary')).toBe('Authorization');
  expect(headers.get('x-request-id')).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
}
