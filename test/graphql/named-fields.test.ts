// The error of an invalid value names the argument or input field that it was given for, in a document and in variables.
import { isObjectType } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { schema } from '../../src/graphql/built-schema.ts';
import { contactAddressRule } from '../../src/values/contact-address.ts';
import { encodeId } from '../../src/values/ids.ts';
import { type Tenant, useApp } from '../support/harness.ts';

const parley = useApp();
let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
});

const listed = (args: string) => `{ conversations(${args}) { totalCount } }`;
const written = (name: string, input: string) => `mutation { ${name}(input: ${input}) { __typename } }`;

describe('in a document', () => {
  test.each<[string, string, string]>([
    [listed('filter: {since: "yesterday"}'), 'filter.since', 'must be an RFC 3339 date-time like 2026-04-28T12:00:01Z'],
    [listed('filter: {contactNumber: "+00000000"}'), 'filter.contactNumber', `must be ${contactAddressRule}`],
    ['{ conversation(number: "7") { id } }', 'number', 'must be an integer up to 2^53-1'],
    ['{ conversation(number: 1.5) { id } }', 'number', 'must be an integer up to 2^53-1'],
    ['query ($n: SafeInt = 9007199254740992) { conversation(number: $n) { id } }', 'number', 'must be an integer up to 2^53-1'],
    [written('setChatBackground', '{conversationId: "x", imageUrl: "http://x.test"}'), 'input.imageUrl', 'must be an https URL'],
    [written('updateConversation', '{id: "x", metadata: [1]}'), 'input.metadata', 'must be a JSON object'],
    [
      written(
        'recordMessages',
        '{messages: [{externalId: "1", createdAt: "2026-01-01T00:00:00Z", direction: INBOUND, mediaUrls: ["https://a.test", "ftp://b.test"]}]}',
      ),
      'input.messages[0].mediaUrls[1]',
      'must be an https URL',
    ],
  ])('%s', async (query, field, reason) => {
    // The second request gets the cached error.
    for (const _ of [1, 2]) {
      const { errors } = await parley.graphql(tenant.key, query);
      expect(errors).toMatchObject([{ message: `${field}: ${reason}`, extensions: { code: 'BAD_USER_INPUT', field, reason } }]);
    }
  });

  test.each<[string, string, string]>([
    [listed('first: "a"'), 'first', 'Int cannot represent non-integer value: "a"'],
    [listed('filter: {types: [PHONE, FAX]}'), 'filter.types[1]', 'Value "FAX" does not exist in "ConversationType" enum.'],
    [listed('orderBy: {field: null, direction: ASC}'), 'orderBy.field', 'Expected value of type "ConversationOrderField!", found null.'],
    [listed('filter: 7'), 'filter', 'Expected value of type "ConversationFilter", found 7.'],
    ['{ viewer @include(if: "yes") { name } }', 'if', 'Boolean cannot represent a non boolean value: "yes"'],
  ])('%s', async (query, field, message) => {
    for (const _ of [1, 2]) {
      const { errors } = await parley.graphql(tenant.key, query);
      expect(errors).toMatchObject([{ message: `${field}: ${message}`, extensions: { code: 'GRAPHQL_VALIDATION_FAILED', field } }]);
    }
  });
});

describe('in variables', () => {
  const since = 'query ($value: DateTime!) { conversations(filter: {since: $value}) { totalCount } }';
  const filtered = 'query ($value: ConversationFilter) { conversations(filter: $value) { totalCount } }';
  const background = { conversationId: 'x', imageUrl: 'http://x.test' };
  test.each<[string, unknown, string]>([
    [since, 'yesterday', 'filter.since'],
    [since, null, 'filter.since'],
    [since, undefined, 'filter.since'],
    ['query ($value: [ID!]!) { nodes(ids: $value) { id } }', ['x', {}], 'ids[1]'],
    ['query ($value: ID!) { nodes(ids: ["x", $value]) { id } }', {}, 'ids[1]'],
    ['query ($value: Int) { conversations(first: $value) { totalCount } }', 1e20, 'first'],
    ['query ($value: Boolean!) { viewer @include(if: $value) { name } }', 'yes', 'if'],
    [filtered, { since: 'x' }, 'filter.since'],
    [filtered, { contactNumber: '12' }, 'filter.contactNumber'],
    [filtered, { types: ['PHONE', 'FAX'] }, 'filter.types[1]'],
    [filtered, { optedIn: 'yes' }, 'filter.optedIn'],
    [filtered, { since: 'x at "y.z"; and more' }, 'filter.since'],
    [filtered, 'x at "value.since"', 'filter'],
    ['mutation ($value: SetChatBackgroundInput!) { setChatBackground(input: $value) { changed } }', background, 'input.imageUrl'],
    ['mutation ($value: URL!) { setChatBackground(input: { conversationId: "x", imageUrl: $value }) { changed } }', 'x', 'input.imageUrl'],
    // Used in a fragment of a fragment; another use comes later.
    [
      'query ($value: Int) { viewer { ...A } contacts(offset: $value) { totalCount } } fragment A on Viewer { organization { id } }',
      'x',
      'offset',
    ],
    [
      'query ($value: Int) { conversations { nodes { ...A } } } fragment A on Conversation { ...B } fragment B on Conversation { messages(last: $value) { totalCount } }',
      'x',
      'last',
    ],
    ['subscription ($value: ID!) { typing(conversationId: $value) { at } }', {}, 'conversationId'],
  ])('%s %j', async (query, value, field) => {
    const { errors } = await parley.graphql(tenant.key, query, { value });
    expect(errors).toMatchObject([
      { message: expect.stringMatching(/^Variable "\$value" /), extensions: { code: 'BAD_USER_INPUT', field } },
    ]);
  });

  test('a variable that is null only at its use', async () => {
    const query = 'query ($value: ID = "x") { node(id: $value) { id } }';
    const { errors } = await parley.graphql(tenant.key, query, { value: null });
    expect(errors).toMatchObject([
      { message: expect.stringMatching(/^Argument "id" /), extensions: { code: 'BAD_USER_INPUT', field: 'id' } },
    ]);
  });

  test('uses the operation that runs if several have a variable of one name', async () => {
    const query =
      'query A($value: Int) { contacts(first: $value) { totalCount } } query B($value: Int) { contacts(last: $value) { totalCount } }';
    for (const [operationName, field] of Object.entries({ A: 'first', B: 'last' })) {
      const body = JSON.stringify({ query, operationName, variables: { value: 'x' } });
      const answer = await parley.fetch('/graphql', tenant.key, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT', field } }] });
    }
  });

  test('does not repeat the value, however long', async () => {
    const query = 'mutation ($messages: [RecordMessageInput!]!) { recordMessages(input: {messages: $messages}) { results { outcome } } }';
    const line = { externalId: '1', createdAt: '2026-01-01T00:00:00Z', direction: 'INBOUND', body: 'a secret' };
    for (const [given, field] of [
      [{ ...line, colour: 'red' }, 'input.messages[0]'],
      [{ ...line, createdAt: 'a secret'.repeat(10_000) }, 'input.messages[0].createdAt'],
    ] as const) {
      const { errors } = await parley.graphql(tenant.key, query, { messages: [given] });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
      expect(JSON.stringify(errors)).not.toContain('a secret');
    }
    const { errors } = await parley.graphql(tenant.key, query, { messages: [{ ...line, direction: 'x'.repeat(10_000) }] });
    expect(errors).toMatchObject([{ message: expect.stringMatching(/^.{1,300}$/), extensions: { field: 'input.messages[0].direction' } }]);
  });
});

test.each<[string, string]>([
  ['{ node(id: "x") { id } }', 'id'],
  ['{ nodes(ids: ["x"]) { id } }', 'ids[0]'],
  [`{ nodes(ids: ["${encodeId('Message', '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e')}", "x"]) { id } }`, 'ids[1]'],
  [`{ nodes(ids: [${'"x" '.repeat(3)}]) { id } }`, 'ids[0]'],
])('%s: names a malformed id', async (query, field) => {
  const { errors } = await parley.graphql(tenant.key, query);
  expect(errors).toMatchObject([{ message: `${field}: is no id of this API`, extensions: { code: 'BAD_USER_INPUT', field } }]);
});

test('a key without the scope is refused before its ids are read', async () => {
  const key = await parley.key(tenant.id, ['apikeys:write']);
  for (const query of ['{ conversation(id: "x") { id } }', 'mutation { markConversationRead(input: {id: "x"}) { __typename } }']) {
    const { errors } = await parley.graphql(key, query);
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  }
});

const roots = ['Query', 'Mutation', 'Subscription'].flatMap((name) => {
  const type = schema.getType(name);
  return isObjectType(type) ? Object.values(type.getFields()).map((field): [string, typeof field] => [name.toLowerCase(), field]) : [];
});

test.each(roots.filter(([, { args }]) => args.length > 0).map(([operation, field]) => [operation, field.name, field] as const))(
  'names every argument of %s %s, whatever its variable is called',
  async (operation, name, { args }) => {
    const declared = args.map(({ type }, index) => `$v${index}: ${type}`).join(', ');
    const given = args.map((arg, index) => `${arg.name}: $v${index}`).join(', ');
    const query = `${operation} (${declared}) { ${name}(${given}) { __typename } }`;
    // A value that no argument accepts.
    const variables = Object.fromEntries(args.map((_, index) => [`v${index}`, { nonsense: 1 }]));
    const { errors = [] } = await parley.graphql(tenant.key, query, variables);
    const fields = errors.map(({ message, extensions }) => [
      /^Variable "\$v(\d+)"/.exec(message)?.[1],
      String(extensions.field).split(/[.[]/)[0],
    ]);
    expect(new Map(fields as [string, string][])).toEqual(new Map(args.map((arg, index) => [String(index), arg.name])));
  },
);
