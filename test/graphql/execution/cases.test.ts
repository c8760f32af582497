// Cases of graphql-js's own tests: the executor gives the same JSON.
import { buildSchema, execute, GraphQLError, type GraphQLSchema, isObjectType, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { AnswerSize } from '../../../src/graphql/execution/answer-size.ts';
import { compiledExecutor } from '../../../src/graphql/execution/compiled/executor.ts';
import { jsonText } from '../../../src/graphql/execution/compiled/json-text.ts';
import { objectTree } from '../../../src/graphql/execution/compiled/object-tree.ts';
import { stringify } from '../../../src/graphql/execution/compiled/written.ts';

const schema = buildSchema(`
  scalar Any
  interface Pet { name: String owner: Person }
  interface Being { name: String }
  type Dog implements Pet & Being { name: String owner: Person barks: Boolean }
  type Cat implements Pet & Being { name: String owner: Person meows(loud: Boolean = false): Boolean! }
  type Person implements Being { name: String pets: [Pet!] friend: Person strict: Person! first: String! }
  union Any2 = Dog | Cat | Person
  enum Color { RED GREEN }
  input Nested { text: String! = "default" list: [Int!] deep: Nested }
  type Query {
    pets: [Pet] strictPets: [Pet!]! beings: [Being] all: [Any2] person: Person
    text: String int: Int float: Float yes: Boolean id: ID color: Color any: Any strict: String! other: String
    matrix: [[Int!]] strictMatrix: [[Int!]!]! echo(text: String = "none", required: Int, nested: Nested, color: Color, any: Any): Any
    needs(text: String!): String
  }
  type Mutation { first: Any second: Any third: Any! people: Person }
  type Subscription { event: String }
`);
withChecks(schema);

/** Types are known by `__typename` or by their own check, some of which is a promise. */
function withChecks({ getTypeMap }: GraphQLSchema): void {
  for (const type of Object.values(getTypeMap.call(schema))) {
    if (!isObjectType(type) || !['Dog', 'Cat'].includes(type.name)) continue;
    type.isTypeOf = (value) => {
      const kind = (value as { kind?: string }).kind;
      if (kind === 'throws') throw new Error(`${type.name} is not known`);
      return type.name === 'Dog' ? kind === 'Dog' : Promise.resolve(kind === 'Cat');
    };
  }
  const query = schema.getQueryType()?.getFields();
  if (query?.echo) query.echo.resolve = (_source, args) => args;
}

const dog = { __typename: 'Dog', kind: 'Dog', name: 'Rex', barks: true };
const cat = { kind: 'Cat', name: 'Tom', meows: ({ loud }: { loud: boolean }) => loud };
const later = async <Value>(value: Value) => value;
const rejected = async (message: string) => {
  await null;
  throw new Error(message);
};
/** A method, so that each execution has a promise of its own. */
const failing = (message: string) => () => rejected(message);
const person = { __typename: 'Person', name: 'Ann', first: 'A' };

interface Case {
  query: string;
  variables?: Record<string, unknown>;
  root?: object;
  operationName?: string;
}

const cases: Record<string, Case> = {
  'fragments on interfaces, unions and objects': {
    query:
      '{ pets { ...Named ... on Dog { barks } ... on Being { alias: name } } all { __typename ...Named ... on Person { first } } } fragment Named on Pet { name owner { name } }',
    root: { pets: [dog, { ...dog, owner: person }], all: [dog, person] },
  },
  'a fragment that is spread twice, and unknown ones': {
    query: '{ person { ...F ...F ...G ... on Nowhere { name } } } fragment F on Person { name friend { name } }',
    root: { person: { ...person, friend: person } },
  },
  'merged fields with different selections below': {
    query: '{ person { friend { name } friend { first } ...F } person { name } } fragment F on Person { friend { friend { name } } }',
    root: { person: { ...person, friend: { ...person, friend: person } } },
  },
  'types known by their own checks, as promises': {
    query: '{ pets { name ... on Cat { meows(loud: true) } } }',
    root: { pets: [cat, dog] },
  },
  'a type check that throws or knows no type': {
    query: '{ pets { name } beings { name } }',
    root: {
      pets: [{ kind: 'throws' }, { kind: 'Bird' }],
      beings: [{ __typename: 'Cow' }, { __typename: 'Query' }, { __typename: 'Color' }, 7],
    },
  },
  'an object that its type refuses': { query: '{ all { ... on Dog { name } } }', root: { all: [{ __typename: 'Dog', kind: 'Cat' }] } },
  'aliases, also `__proto__` and `then`': { query: '{ __proto__: text then: int b: text a: text text }', root: { text: 'x', int: 1 } },
  'wrong values of every scalar': {
    query: '{ text int float yes id color any }',
    root: { text: {}, int: 1.5, float: 'x', yes: 'true', id: [], color: 'BLUE', any: Number.NaN },
  },
  'values that are coerced': {
    query: '{ text int float yes id color any }',
    root: { text: 7, int: true, float: '1.5', yes: 0, id: 12, color: 'RED', any: [{ a: 'é"' }] },
  },
  'nested lists with nulls and errors': {
    query: '{ matrix strictMatrix }',
    root: { matrix: [[1, 2], null, [3, null], new Error('a list'), later([4]), 'text', new Set([5])], strictMatrix: [[1], later(null)] },
  },
  'errors in lists of objects': {
    query: '{ pets { name } strictPets { name } }',
    root: {
      pets: () => [dog, null, new Error('second'), rejected('third'), { ...dog, name: failing('name') }],
      strictPets: () => [dog, rejected('strict')],
    },
  },
  'a null that reaches the whole answer': { query: '{ text strict other }', root: { text: 'x', strict: null, other: failing('later') } },
  'a null that stops at the nearest field': {
    query: '{ person { friend { strict { strict { strict { name } } } name } name } }',
    root: { person: { ...person, friend: { ...person, strict: later({ ...person, strict: { ...person, strict: later(null) } }) } } },
  },
  'several errors below one null': {
    query: '{ person { friend { first a: first strict { name } } name } }',
    root: { person: { ...person, friend: { first: failing('one'), strict: failing('two') } } },
  },
  'skip and include with variables': {
    query:
      'query ($yes: Boolean!, $no: Boolean = false) { a: text @skip(if: $yes) b: text @include(if: $yes) c: text @skip(if: $no) ... @include(if: $no) { d: text } ...F @skip(if: $yes) ...F } fragment F on Query { e: text @include(if: $yes) @skip(if: $no) }',
    variables: { yes: true },
    root: { text: 'x' },
  },
  'a null in `@skip` of the operation': {
    query: 'query ($no: Boolean = false) { text @skip(if: $no) }',
    variables: { no: null },
    root: { text: 'x' },
  },
  'a null in `@include` below a field': {
    query: 'query ($no: Boolean = false) { text person { name @include(if: $no) } pets { name @skip(if: $no) } }',
    variables: { no: null },
    root: { text: 'x', person, pets: [dog, dog] },
  },
  'nothing left to select': { query: '{ text @skip(if: true) person { name @include(if: false) } }', root: { person } },
  'variables with defaults, in lists and inputs': {
    query:
      'query ($a: String = "d", $n: Nested = { list: [1] }, $i: Int! = 3) { one: echo(text: $a, nested: $n) two: echo(nested: { list: [$i, 2], deep: { text: "x" } }) three: echo(text: null) four: echo(any: { a: [$i, RED] }) }',
  },
  'variables left out, and null': {
    query: 'query ($a: String, $b: Int, $n: Nested) { one: echo(text: $a, required: $b) two: echo(nested: $n, text: $a) }',
    variables: { a: null, n: { deep: null } },
  },
  'an argument that must not be null': {
    query: 'query ($a: String = "x") { needs(text: $a) again: needs(text: $a) text }',
    variables: { a: null },
    root: { text: 'x' },
  },
  'arguments and fields that validation refuses': { query: '{ needs nowhere echo(color: BLUE) wrong: echo(required: "x") }' },
  'invalid variables': {
    query: 'query ($i: Int!, $c: Color!, $n: Nested, $p: Person) { text }',
    variables: { c: 'BLUE', n: { text: null, other: 1, list: ['x'] } },
  },
  introspection: {
    query:
      '{ __schema { queryType { name fields { name args { defaultValue } type { kind ofType { name } } } } directives { name } } __type(name: "Pet") { kind possibleTypes { name } } __typename person { __typename } }',
    root: { person },
  },
  'mutations, one after the other': {
    query: 'mutation { first second people { name friend { name } } third }',
    root: { first: later(1), second: 2, people: { ...person, friend: failing('friend') }, third: () => later(3) },
  },
  'a mutation whose last field fails': {
    query: 'mutation { first third second }',
    root: { first: later(1), third: failing('third'), second: 2 },
  },
  'a mutation that throws at once': {
    query: 'mutation { third first }',
    root: {
      third: () => {
        throw new GraphQLError('refused', { extensions: { code: 'NO' } });
      },
      first: 1,
    },
  },
  'the selection of an event': { query: 'subscription { event }', root: { event: 'now' } },
  'an operation by its name': { query: 'query A { a: text } query B { b: text }', operationName: 'B', root: { text: 'x' } },
  'no operation of that name': { query: 'query A { text }', operationName: 'C' },
  'several operations without a name': { query: 'query A { text } query B { text }' },
  'no operation': { query: 'fragment F on Query { text }' },
  'methods and getters of the source': {
    query: '{ text person { name first } }',
    root: {
      text: (args: object, context: unknown) => JSON.stringify([args, context]),
      person: {
        get name() {
          throw new Error('getter');
        },
        first: () => later('x'),
      },
    },
  },
  'texts that JSON escapes': { query: '{ text any id }', root: { text: '\u0000"\\\u2028\ud800\u007f', any: '</script>', id: 'é' } },
};

describe.each([
  ['text', jsonText],
  ['objects', objectTree],
] as const)('as %s', (_name, output) => {
  const compiled = compiledExecutor(schema);
  test.each(Object.entries(cases))('%s', async (_case, { query, variables, root, operationName }) => {
    const document = parse(query);
    const args = { document, variableValues: variables, rootValue: root, operationName, contextValue: 'context' };
    const expected = JSON.stringify(await execute({ schema, ...args }));
    // The second time the operation is compiled already.
    for (let time = 0; time < 2; time++) {
      expect(stringify(await compiled({ ...args, output, answer: new AnswerSize(1e9) }))).toBe(expected);
    }
  });
});

test('a field of a list is compiled once, and each object is resolved for itself', async () => {
  const compiled = compiledExecutor(schema);
  const document = parse('query ($yes: Boolean!) { pets { name @include(if: $yes) owner { name } } }');
  for (const yes of [true, false, true]) {
    const root = { pets: [dog, { ...dog, name: String(yes), owner: person }] };
    const expected = await execute({ schema, document, variableValues: { yes }, rootValue: root });
    const answer = await compiled({ document, variableValues: { yes }, rootValue: root, output: jsonText, answer: new AnswerSize(1e9) });
    expect(stringify(answer)).toBe(JSON.stringify(expected));
  }
});
