// Every route against every set of scopes: allowed exactly as the descriptions of its document's fields declare, and as its own description says.
import { type DocumentNode, getNamedType, isObjectType, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { scopes as allScopes, type Scope } from '../../src/auth/scopes.ts';
import { newSecret } from '../../src/auth/secret.ts';
import { schema } from '../../src/graphql/built-schema.ts';
import { createApiKey } from '../../src/modules/api-key/commands/create.ts';
import { type Case, cases, type Ids, initOf, malformedIds, pathOf, tenantWithIds, unknownIds } from '../rest/all-routes.ts';
import { expectRefusal } from '../rest/documented-refusals.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { stored } from '../support/stored.ts';
import { Declared } from './declared.ts';
import { type KeyOfSet, keysOfSets } from './scope-sets.ts';

// The tests spend more than the budget of a minute.
const parley = useApp({ budgetPerMinute: 1_000_000_000 });
const declared = new Declared();
let tenant: Tenant;
let ids: Ids;
let keys: KeyOfSet[];
/** Keys by their contract and scopes. */
const ofContract = new Map<string, string>();

beforeAll(async () => {
  ({ tenant, ids } = await tenantWithIds(parley));
  keys = await keysOfSets(parley, tenant);
});

function neededBy(document: DocumentNode): Scope[] {
  const needed = new Set<Scope>();
  const types = new TypeInfo(schema);
  const add = (scopes: readonly Scope[] | undefined) => scopes?.forEach((scope) => void needed.add(scope));
  const narrowed = () => {
    const type = getNamedType(types.getType());
    if (type && 'name' in type) add(declared.ofType(type as Parameters<Declared['ofType']>[0]));
  };
  visit(
    document,
    visitWithTypeInfo(types, {
      Field() {
        const field = types.getFieldDef();
        const parent = types.getParentType();
        if (field && isObjectType(parent)) add(declared.ofField(parent, field));
      },
      InlineFragment: narrowed,
      FragmentDefinition: narrowed,
    }),
  );
  return [...needed].sort();
}

/** Keys with which a bare path belongs to the contract: its own keys, and for all but AgentPhone's paths those of another contract. */
async function bareKeys({ contract }: Case, scopes: readonly Scope[]): Promise<string[]> {
  const others = contract.name === 'agentphone' ? [] : [contract.name === 'ziik' ? ('agentmessage' as const) : ('ziik' as const)];
  return Promise.all([contract.name, ...others].map((name) => keyOf(name, scopes)));
}

async function keyOf(contract: Case['contract']['name'], scopes: readonly Scope[]): Promise<string> {
  const name = `${contract} ${scopes.join()}`;
  const secret = ofContract.get(name) ?? newSecret(contract);
  if (!ofContract.has(name)) await createApiKey(parley.app.database, tenant.id, { secret, name: 'test', scopes, expiresAt: null });
  ofContract.set(name, secret);
  return secret;
}

/** As badly as it gets: ids of ours, of nothing and of no kind, every parameter twice, a body that is no JSON. */
function worst(each: Case): { path: string; init: RequestInit }[] {
  const search = each.operation.parameters.map(({ name }) => `${name}=&${name}=`).join('&');
  const init = { method: each.route.method, ...(each.route.method !== 'GET' && { body: '{' }) };
  return [ids, unknownIds, malformedIds].map((which) => ({ path: `${pathOf(each, which)}?${search}`, init }));
}

describe.each(cases)('$title', (each) => {
  const needed = neededBy(each.route.document);
  const allows = (scopes: readonly Scope[]) => needed.every((scope) => scopes.includes(scope));
  const bare = (path: string) => path.slice(each.contract.name.length + 1);

  test('its description names the scopes that its document needs', () => {
    const { security, description } = each.operation as { security?: object; description?: string };
    expect(needed.length).toBeGreaterThan(0);
    expect(security).toEqual([{ bearer: needed }]);
    for (const scope of allScopes) expect([scope, description?.includes(`\`${scope}\``)]).toEqual([scope, needed.includes(scope)]);
  });

  test('is allowed to the sets of scopes that contain them, and to no other', async () => {
    for (const { scopes, key } of keys) {
      const response = await parley.fetch(pathOf(each, ids), key, initOf(each));
      if (allows(scopes)) expect({ scopes, status: response.status }).toEqual({ scopes, status: each.route.status });
      else await expectRefusal(each.contract.name, response, 403);
    }
  });

  test('is allowed to the same sets on a bare path', async () => {
    for (const scopes of [needed, allScopes.filter((scope) => !needed.includes(scope))]) {
      for (const key of await bareKeys(each, scopes)) {
        const response = await parley.fetch(bare(pathOf(each, ids)), key, initOf(each));
        expect(response.headers.get('cache-control')).toBe('private, no-store');
        if (allows(scopes)) expect(response.status).toBe(each.route.status);
        else await expectRefusal(each.contract.name, response, 403);
      }
    }
  });

  test('a missing scope is refused before any other error, and nothing changes', async () => {
    const before = await stored(parley.app.database, tenant.id);
    for (const lacking of [...needed.map((scope) => [scope]), needed]) {
      const scopes = allScopes.filter((scope) => !lacking.includes(scope));
      const key = keys.find((one) => one.scopes.join() === scopes.join())?.key ?? '';
      for (const { path, init } of worst(each)) {
        const bareOnes = (await bareKeys(each, scopes)).map((secret) => [bare(path), secret] as const);
        for (const [target, secret] of [[path, key] as const, ...bareOnes]) {
          const response = await parley.fetch(target, secret, init);
          expect(response.headers.get('cache-control')).toBe('private, no-store');
          expect(response.headers.get('vary')).toBe('Authorization');
          await expectRefusal(each.contract.name, response, 403);
        }
      }
    }
    const { api_keys: _, ...after } = await stored(parley.app.database, tenant.id);
    expect(before).toMatchObject(after);
  });
});
