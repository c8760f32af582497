// Fields of one name have one type among the types of an interface. Otherwise GraphQL refuses a query that selects both without an alias.
import { buildSchema, type GraphQLSchema, getNamedType, isCompositeType, isInterfaceType, isRequiredArgument } from 'graphql';
import { expect, test } from 'vitest';
import { encodeId } from '../../src/values/ids.ts';
import { useApp } from '../support/harness.ts';

const parley = useApp();

async function servedSchema(key: string): Promise<GraphQLSchema> {
  return buildSchema(await (await parley.fetch('/schema.graphql', key)).text());
}

/**
 * The fields of one name and different types, as `Interface.field: A Type, B Type`. The types must be equal, nullability included. That is more than
 * SameResponseShape of the GraphQL specification requires: it lets two object types differ while no client selects a field on which they conflict.
 */
function conflicts(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter(isInterfaceType)
    .flatMap((of) => {
      const fields = schema.getPossibleTypes(of).flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })));
      const byName = Map.groupBy(fields, ({ field }) => field.name);
      return [...byName]
        .filter(([, each]) => new Set(each.map(({ field }) => String(field.type))).size > 1)
        .map(([name, each]) => `${of.name}.${name}: ${each.map(({ type, field }) => `${type.name} ${field.type}`).join(', ')}`);
    });
}

test.each([
  ['another scalar', 'Int', 'Node.value: A Int!, B String!'],
  ['nullable', 'String', 'Node.value: A String, B String!'],
  ['a list', '[String!]', 'Node.value: A [String!]!, B String!'],
  ['an enum', 'Kind', 'Node.value: A Kind!, B String!'],
  ['an object', 'B', 'Node.value: A B!, B String!'],
])('finds a field that is %s in one type and a text in another', (name, type, found) => {
  const schema = buildSchema(`interface Node { id: ID! }  enum Kind { X }  type Query { node: Node }
    type A implements Node { id: ID!  value: ${name === 'nullable' ? type : `${type}!`} }
    type B implements Node { id: ID!  value: String! }`);
  expect(conflicts(schema)).toEqual([found]);
});

test('types of one interface have no fields of one name and different types', async () => {
  const schema = await servedSchema((await parley.tenant()).key);
  expect(schema.getPossibleTypes(schema.getType('Node') as never).length).toBeGreaterThan(5);
  expect(conflicts(schema)).toEqual([]);
});

test('one query selects every field of every node type, without an alias', async () => {
  const { key } = await parley.tenant();
  const schema = await servedSchema(key);
  const types = schema.getPossibleTypes(schema.getType('Node') as never);
  const selections = types.map((type) => {
    const fields = Object.values(type.getFields()).filter(({ args }) => !args.some(isRequiredArgument));
    return `... on ${type.name} { ${fields.map((field) => (isCompositeType(getNamedType(field.type)) ? `${field.name} { __typename }` : field.name)).join(' ')} }`;
  });
  const id = encodeId('Message', '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e');
  const answer = await parley.graphql(key, `query ($id: ID!) { node(id: $id) { ${selections.join(' ')} } }`, { id });
  expect(answer.errors).toBeUndefined();
  expect(answer.data).toEqual({ node: null });
});
