// The limit of leaf values in an answer. Rows do not limit them: an alias repeats a field without another row.
import { beforeAll, describe, expect, test } from 'vitest';
import { encodeId } from '../../src/values/ids.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';
import { stored } from '../support/stored.ts';

const parley = useApp();
const limit = 350_000;
const id = encodeId('Conversation', '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e');
let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
});

const ten = 'id number kind direction channel body segmentCount createdAt editedAt redactedAt';
/** Exactly the allowed number of values: 200 × 175 × 10. */
const whole = `whole: conversations(first: 200) { nodes { messages(first: 175) { nodes { ${ten} } } } }`;

function refused(values: number) {
  return {
    message: `the operation may return ${values.toLocaleString('en')} values; at most 350,000 are allowed: request smaller pages or fewer fields`,
    extensions: { code: 'QUERY_TOO_COMPLEX', price: values, limit, requestId: expect.any(String) },
  };
}

/** A name, the head of the operation, a selection in addition to the whole limit, the variables, and the selection's values counted by hand. */
const table: [string, string, string, Record<string, unknown>, number][] = [
  ['one scalar', 'query', 'viewer { name }', {}, 1],
  ['a list of scalars', 'query', 'viewer { scopes }', {}, 1],
  ['`__typename`', 'query', 'viewer { __typename }', {}, 1],
  ['aliases', 'query', 'viewer { a: name b: name c: name }', {}, 3],
  ['a field selected twice', 'query', 'viewer { name name } viewer { name }', {}, 1],
  [
    'nothing that is skipped',
    'query ($no: Boolean!)',
    'viewer { name a: name @skip(if: true) b: name @include(if: $no) }',
    { no: false },
    1,
  ],
  [
    'a page and what is beside its items',
    'query',
    'conversations(first: 3) { totalCount edges { cursor node { id } } pageInfo { endCursor hasNextPage } }',
    {},
    1 + 3 * 2 + 2,
  ],
  ['a page of a variable size', 'query ($n: Int)', 'conversations(first: $n) { nodes { id type } }', { n: 7 }, 7 * 2],
  [
    'lists without pages',
    'query',
    'searchMessages(query: "x", first: 2) { nodes { mediaUrls attachments { url } reactions(first: 5) { reactionType author { name } } } }',
    {},
    2 * (1 + 16 + 5 * 2),
  ],
  [
    'the type that has most',
    'query ($id: ID!)',
    'node(id: $id) { ... on Conversation { id title } ... on Message { id body kind } }',
    { id },
    3,
  ],
];

test.each(table)('counts %s', async (_name, head, selection, variables, values) => {
  const { errors } = await parley.graphql(tenant.key, `${head} { ${whole} ${selection} }`, variables);
  expect(errors).toEqual([refused(limit + values)]);
});

test('allows the limit, and runs nothing beyond it', async () => {
  expect((await parley.graphql(tenant.key, `{ ${whole} }`)).errors).toBeUndefined();
  const over = () => parley.graphql(tenant.key, `{ ${whole} __typename }`);
  expect(await over()).toEqual({ errors: [refused(limit + 1)] });
  expect(await parley.statements(over)).toEqual([]);
});

test('refuses 200 × 200 messages with 17 fields', async () => {
  const query = `{ conversations(first: 200) { nodes { messages(first: 200) { nodes {
    ${ten} from to mediaUrls status deletedAt isRedacted createdAtRank } } } } }`;
  expect((await parley.graphql(tenant.key, query)).errors).toEqual([refused(200 * 200 * 17)]);
});

describe('a mutation', () => {
  test('is refused before it writes', async () => {
    const { key, id: organizationId } = tenant;
    await parley.importLines(tenant, [phoneLine({})]);
    const { data } = await parley.graphql(key, '{ conversations { nodes { id } } }');
    const conversation = `conversation { messages(first: 200) { nodes { conversation { messages(first: 200) { nodes { ${ten} } } } } } }`;
    const query = `mutation ($input: UpdateConversationInput!) { updateConversation(input: $input) { ${conversation} } }`;
    const before = await stored(parley.app.database, organizationId);
    const { errors } = await parley.graphql(key, query, { input: { id: data.conversations.nodes[0].id, metadata: { was: 'written' } } });
    expect(errors).toEqual([refused(200 * 200 * 10)]);
    expect(await stored(parley.app.database, organizationId)).toEqual(before);
  });
});
