// Every field against every set of scopes: allowed exactly as its description declares. The fields are found by walking the schema, the scopes are read from
// the descriptions in the committed schema, and the answers are those to real keys, one for each set.
import { type GraphQLObjectType, getNamedType, isCompositeType, isInterfaceType, isNonNullType } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { declaredScopes } from '../../src/auth/declared-scopes.ts';
import { scopes as allScopes, type Scope } from '../../src/auth/scopes.ts';
import { schema } from '../../src/graphql/built-schema.ts';
import { readable } from '../modules/change/readable.ts';
import { scalars } from '../rest/all-routes.ts';
import { type GraphQLAnswer, type Tenant, useApp } from '../support/harness.ts';
import { stored } from '../support/stored.ts';
import { answerTo } from './compare.ts';
import { Declared, printed } from './declared.ts';
import { type Known, known } from './known.ts';
import { type NodeType, nodeTypes } from './node-types.ts';
import { type Operation, rootsOf, Ways } from './operations.ts';
import { type Field, objectTypes } from './places.ts';
import { type KeyOfSet, keysOfSets } from './scope-sets.ts';
import { fill } from './seed.ts';

// The tests spend more than the budget of a minute.
const parley = useApp({ budgetPerMinute: 1_000_000_000 });
const ways = new Ways(schema);
const declared = new Declared();
let tenant: Tenant;
let has: Known;
let keys: KeyOfSet[];

beforeAll(async () => {
  tenant = await parley.tenant();
  await fill(parley, tenant, { mark: 'sample', count: 2, phone: '+1555' });
  await readable(parley.app.database);
  has = await known(parley, schema, tenant.key);
  keys = await keysOfSets(parley, tenant);
});

/** A selection below a type, and the scopes that it needs by the descriptions. */
interface Asked {
  title: string;
  parent: GraphQLObjectType;
  /** Null: the fields that need no more scopes than the path to them, selected together. */
  field: Field | null;
  inner: string;
  needed: readonly Scope[];
  /** The requested type, if the field can return any. */
  of: NodeType | null;
}

const inAnyOrder = objectTypes(schema).flatMap((parent): Asked[] => {
  const way = ways.to(parent).flatMap(({ parent: on, field }) => declared.ofField(on, field));
  const toParent = [...new Set([...way, ...declared.ofType(parent)])];
  const fields = Object.values(parent.getFields());
  const isRoot = rootsOf(schema).some(([, root]) => root === parent);
  const alone = fields.filter((field) => isRoot || declared.ofField(parent, field).some((scope) => !toParent.includes(scope)));
  const together = fields.filter((field) => !alone.includes(field) && field.args.length === 0);
  const inner = `{ ${together.map((field) => field.name + below(field)).join(' ')} }`;
  const needs = (field: Field) => [...new Set([...toParent, ...declared.ofField(parent, field)])];
  return [
    ...alone.flatMap((field): Asked[] => {
      const asked = { title: `${parent.name}.${field.name}`, parent, field, inner: below(field), needed: needs(field), of: null };
      if (!isInterfaceType(getNamedType(field.type))) return [asked];
      return nodeTypes.map((of) => ({
        ...asked,
        of,
        title: `${asked.title} of ${of}`,
        needed: declared.ofType(schema.getType(of) as GraphQLObjectType),
      }));
    }),
    ...(together.length > 0
      ? [{ title: `the other fields of ${parent.name}`, parent, field: null, inner, needed: toParent, of: null }]
      : []),
  ];
});

/** Deletions come last: nothing can ask for what they deleted. */
const askable = inAnyOrder.sort((a, b) => Number(/delete/i.test(a.title)) - Number(/delete/i.test(b.title)));

function below({ type }: Field): string {
  return isCompositeType(getNamedType(type)) ? ' { __typename }' : '';
}

const idOf = (type: NodeType) => [...(has.ids.get(type) ?? [])].at(-1) ?? '';

function operationOf({ parent, field, inner, of }: Asked): Operation {
  if (field === null) return ways.operation(parent, inner.slice(2, -2), idOf, null, begun);
  const [arg] = field.args;
  const wish = of && arg ? { path: [arg.name], target: idOf(of) } : null;
  return ways.operation(parent, inner, idOf, { field, wish, also: { ...begun(field, parent), ...oneOf(field) } });
}

/** Returns arguments with which a subscription begins before existing events. */
function begun({ args }: Field, parent: GraphQLObjectType): Record<string, unknown> {
  const [after] = [...has.cursors.values()].flatMap((each) => [...each]).filter((cursor) => cursor.length === 20);
  return parent === schema.getSubscriptionType() && args.some(({ name }) => name === 'after') ? { after } : {};
}

/** Returns one id for a look-up by one of several. */
function oneOf({ args, type }: Field): Record<string, unknown> {
  const byId = args.some(({ name, type: of }) => name === 'id' && !isNonNullType(of));
  return byId ? { id: idOf(getNamedType(type).name as NodeType) } : {};
}

/** Mutations that cause an event of a subscription without stored events. */
const stirring: Record<string, string> = { typing: 'sendTypingIndicator' };

async function ask(asked: Asked, key: string | null): Promise<GraphQLAnswer> {
  const operation = operationOf(asked);
  const [live] = [...ways.to(asked.parent).map(({ parent, field }) => ({ parent, field })), asked].filter(
    ({ parent, field }) => field && parent === schema.getSubscriptionType(),
  );
  const silent = live?.field?.args.every(({ name }) => name !== 'after') ? live.field.name : null;
  const stir = silent === null ? null : async () => stirWith(silent);
  return JSON.parse((await answerTo(parley, key, operation, null, stir)).text);
}

async function stirWith(name: string): Promise<void> {
  const mutation = schema.getMutationType();
  const field = mutation?.getFields()[stirring[name] ?? ''];
  if (!mutation || !field)
    throw new Error(`scopes-graphql.test.ts does not know what is shown by Subscription.${name}: add a mutation to stirring`);
  const { query, variables } = ways.operation(mutation, '{ __typename }', idOf, { field });
  expect((await parley.graphql(tenant.key, query, variables)).errors).toBeUndefined();
}

test('every field is requested', () => {
  expect(askable.length).toBeGreaterThan(60);
  expect(askable.map(({ title }) => title)).toContain('the other fields of Agent');
});

test.each([
  ['the released schema and, for what is new, the printed one', declared],
  ['the printed schema', new Declared([printed])],
])('the checks and the descriptions of %s declare the same', (_name, texts) => {
  for (const type of objectTypes(schema)) {
    expect([type.name, declaredScopes(type)]).toEqual([type.name, texts.ofType(type)]);
    for (const field of Object.values(type.getFields())) {
      const ofType = texts.ofType(getNamedType(field.type));
      const own = texts.ofField(type, field).filter((scope) => !ofType.includes(scope));
      const checked = declaredScopes(field).filter((scope) => !ofType.includes(scope));
      expect([`${type.name}.${field.name}`, checked]).toEqual([`${type.name}.${field.name}`, own]);
    }
  }
});

describe.each(askable)('$title', (asked) => {
  const { needed } = asked;
  const allows = ({ scopes }: KeyOfSet) => needed.every((scope) => scopes.includes(scope));
  /** For a field below the roots: the sets with no other scope, and those with all others. */
  const relevant = () =>
    rootsOf(schema).some(([, root]) => root === asked.parent)
      ? keys
      : keys.filter(({ scopes }) =>
          [0, allScopes.length - needed.length].includes(scopes.filter((scope) => !needed.includes(scope)).length),
        );

  test('refuses every set of scopes that lacks one, and changes nothing', async () => {
    const before = await stored(parley.app.database, tenant.id);
    expect((await ask(asked, null)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    for (const each of relevant().filter((key) => !allows(key))) {
      const { data, errors } = await ask(asked, each.key);
      expect({ scopes: each.scopes, errors }).toMatchObject({
        errors: [{ extensions: { code: 'FORBIDDEN', requiredScopes: expect.anything() } }],
      });
      const named = errors?.[0]?.extensions.requiredScopes as Scope[];
      expect(named.length).toBeGreaterThan(0);
      for (const scope of named) expect([needed.includes(scope), each.scopes.includes(scope)]).toEqual([true, false]);
      expect(scalars(data)).toEqual([]);
    }
    expect(await stored(parley.app.database, tenant.id)).toEqual(before);
  });

  test('allows every set that contains them all', async () => {
    const allowing = relevant().filter(allows);
    expect(allowing.length).toBeGreaterThan(0);
    for (const { scopes, key } of allowing) {
      const { errors = [] } = await ask(asked, key);
      // A revoked key cannot be rotated.
      const codes = errors.map(({ extensions }) => extensions.code).filter((code) => code !== 'CONFLICT');
      expect({ scopes, codes }).toEqual({ scopes, codes: [] });
    }
  });
});
