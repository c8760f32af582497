// A value that does not fit names the argument or input field that it was given for, in a document and in variables.
import { beforeAll, describe, expect, test } from 'vitest';
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
    [listed('filter: {contactNumber: "123"}'), 'filter.contactNumber', 'must be E.164: + and 8 to 15 digits'],
    ['{ conversation(number: "7") { id } }', 'number', 'must be an integer up to 2^53-1'],
    ['{ conversation(number: 1.5) { id } }', 'number', 'must be an integer up to 2^53-1'],
    ['query ($n: SafeInt = 9007199254740992) { conversation(number: $n) { id } }', '$n', 'must be an integer up to 2^53-1'],
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
    // The second time from what is kept of the first.
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
  test.each<[string, unknown, string]>([
    [since, 'yesterday', 'value'],
    [since, null, 'value'],
    [since, undefined, 'value'],
    ['query ($value: [ID!]!) { nodes(ids: $value) { id } }', ['x', {}], 'value[1]'],
    ['query ($value: Int) { conversations(first: $value) { totalCount } }', 1e20, 'value'],
    [filtered, { since: 'x' }, 'value.since'],
    [filtered, { contactNumber: '123' }, 'value.contactNumber'],
    [filtered, { types: ['PHONE', 'FAX'] }, 'value.types[1]'],
    [filtered, { optedIn: 'yes' }, 'value.optedIn'],
    [filtered, { since: 'x at "y.z"; and more' }, 'value.since'],
    [
      'mutation ($value: SetChatBackgroundInput!) { setChatBackground(input: $value) { changed } }',
      { conversationId: 'x', imageUrl: 'http://x.test' },
      'value.imageUrl',
    ],
  ])('%s %j', async (query, value, field) => {
    const { errors } = await parley.graphql(tenant.key, query, { value });
    expect(errors).toMatchObject([
      { message: expect.stringMatching(/^Variable "\$value" /), extensions: { code: 'BAD_USER_INPUT', field } },
    ]);
  });

  test('the value itself is not said again, however long', async () => {
    const query = 'mutation ($messages: [RecordMessageInput!]!) { recordMessages(input: {messages: $messages}) { results { outcome } } }';
    const line = { externalId: '1', createdAt: '2026-01-01T00:00:00Z', direction: 'INBOUND', body: 'a secret' };
    for (const [given, field] of [
      [{ ...line, colour: 'red' }, 'messages[0]'],
      [{ ...line, createdAt: 'a secret'.repeat(10_000) }, 'messages[0].createdAt'],
    ] as const) {
      const { errors } = await parley.graphql(tenant.key, query, { messages: [given] });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
      expect(JSON.stringify(errors)).not.toContain('a secret');
    }
    const { errors } = await parley.graphql(tenant.key, query, { messages: [{ ...line, direction: 'x'.repeat(10_000) }] });
    expect(errors).toMatchObject([{ message: expect.stringMatching(/^.{1,300}$/), extensions: { field: 'messages[0].direction' } }]);
  });
});
