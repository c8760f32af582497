// The external ids of messages, chats, agents and people: shown, and accepted by look-ups.
import { beforeAll, describe, expect, test } from 'vitest';
import { encodeId } from '../../src/values/ids.ts';
import { explain } from '../support/explain.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { chatLine, phoneLine } from '../support/lines.ts';
import { ask } from './conversation/conversations.ts';

const parley = useApp();
const uuid = '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e';
/** Spaces, quotes and a pair of surrogates. */
const odd = ` a "b' \\ 😀 `;
const lines = [
  phoneLine({ externalId: odd, agent: { externalId: odd, name: 'Bot' } }),
  phoneLine({ externalId: 'both', direction: 'outbound', agent: { externalId: odd, name: 'Bot' } }),
  chatLine({
    externalId: 'both',
    conversation: { externalId: odd, type: 'group' },
    author: { externalId: odd, firstName: 'Ann', lastName: 'Lee' },
  }),
  chatLine({ externalId: 'gone', conversation: { externalId: odd, type: 'group' }, deletedAt: '2026-01-02T00:00:00Z' }),
];
let tenant: Tenant;
let stranger: Tenant;
let phone: { id: string };
let chat: { id: string };

const read = `{ conversations { nodes { id type externalId agent { id externalId } messages { nodes { id externalId author { id participantKind externalId } } } } } }`;

beforeAll(async () => {
  [tenant, stranger] = [await parley.tenant(), await parley.tenant()];
  await parley.importLines(tenant, lines);
  const { conversations } = await ask(parley, tenant.key, read);
  [phone, chat] = ['PHONE', 'GROUP'].map((type) => conversations.nodes.find((each: { type: string }) => each.type === type)) as [
    typeof phone,
    typeof chat,
  ];
});

test('shows the external id of each object; null if it has none', () => {
  expect(phone).toMatchObject({
    externalId: null,
    agent: { externalId: odd },
    messages: {
      nodes: expect.arrayContaining([
        expect.objectContaining({ externalId: odd, author: expect.objectContaining({ participantKind: 'CONTACT', externalId: null }) }),
      ]),
    },
  });
  expect(chat).toMatchObject({
    externalId: odd,
    agent: null,
    messages: { nodes: [{ externalId: 'both', author: { participantKind: 'PERSON', externalId: odd } }, { externalId: 'gone' }] },
  });
});

const message =
  'query ($c: ID!, $e: String!) { found: messageByExternalId(conversationId: $c, externalId: $e) { externalId conversation { id } } }';
const others = ['conversation', 'agent', 'participant'].map((name) => [
  name,
  `query ($e: String!) { found: ${name}ByExternalId(externalId: $e) { id externalId } }`,
]);

describe('a message', () => {
  test('is found in its conversation, deleted too; the same id in another one is another message', async () => {
    for (const [where, externalId] of [
      [phone, odd],
      [phone, 'both'],
      [chat, 'both'],
      [chat, 'gone'],
    ] as const) {
      expect(await ask(parley, tenant.key, message, { c: where.id, e: externalId })).toEqual({
        found: { externalId, conversation: { id: where.id } },
      });
    }
  });

  test('that is in another conversation, in none or of another organization is null', async () => {
    const unknown = encodeId('Conversation', uuid);
    for (const [key, c, e] of [
      [tenant.key, chat.id, odd],
      [tenant.key, phone.id, 'gone'],
      [tenant.key, phone.id, 'x'],
      [tenant.key, unknown, 'both'],
      [stranger.key, phone.id, 'both'],
    ]) {
      expect(await ask(parley, key ?? '', message, { c, e })).toEqual({ found: null });
    }
  });

  test('is found by the unique index, several in one statement', async () => {
    const several = `query ($p: ID!, $c: ID!) { a: messageByExternalId(conversationId: $p, externalId: "both") { id }
      b: messageByExternalId(conversationId: $c, externalId: "both") { id } c: messageByExternalId(conversationId: $c, externalId: "x") { id } }`;
    const find = () => ask(parley, tenant.key, several, { p: phone.id, c: chat.id });
    const { a, b, c } = await find();
    expect(new Set([a.id, b.id]).size).toBe(2);
    expect(c).toBeNull();
    expect(await parley.statements(find)).toEqual(['messages']);
    // A table of four rows would be read whole.
    await parley.app.database.query({
      label: 'test_many',
      text: `insert into messages (organization_id, id, conversation_id, external_id, author_id, direction, channel, status, media_urls, segment_count, created_at, created_at_rank, phone_number_id)
        select m.organization_id, gen_random_uuid(), m.conversation_id, 'copy ' || n, m.author_id, m.direction, m.channel, m.status, '{}', 1, m.created_at, n, m.phone_number_id
        from messages m cross join generate_series(1, 3000) n where m.organization_id = $1 and m.external_id = 'both'`,
      values: [tenant.id],
    });
    await parley.app.database.query({ label: 'test_analyze', text: 'analyze messages' });
    const reads = (await explain(parley.app, 'messages', find)).filter((node) => node['Relation Name'] === 'messages');
    expect(reads).toMatchObject([{ 'Index Name': 'messages_organization_id_conversation_id_external_id_key' }]);
  });

  test.each([
    [{ c: 'x', e: 'both' }, 'conversationId', 'is no Conversation id'],
    [{ c: encodeId('Message', uuid), e: 'both' }, 'conversationId', 'is no Conversation id'],
    [{ c: encodeId('Conversation', uuid), e: '' }, 'externalId', 'must have 1 to 200 characters'],
    [{ c: encodeId('Conversation', uuid), e: '\0' }, 'externalId', 'must not hold U+0000 or half a surrogate pair'],
  ])('is not looked for by %j', async (variables, field, reason) => {
    const { errors } = await parley.graphql(tenant.key, message, variables);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field, reason } }]);
  });
});

describe.each(others)('%s', (_name, document) => {
  test('is found by its own organization alone, in one statement; a text that none has finds nothing', async () => {
    const find = () => ask(parley, tenant.key, document ?? '', { e: odd });
    const { found } = await find();
    expect(found).toEqual({ id: expect.any(String), externalId: odd });
    const { node } = await ask(parley, tenant.key, 'query ($id: ID!) { node(id: $id) { id } }', { id: found.id });
    expect(node.id).toBe(found.id);
    expect(await parley.statements(find)).toHaveLength(1);
    expect(await ask(parley, stranger.key, document ?? '', { e: odd })).toEqual({ found: null });
    expect(await ask(parley, tenant.key, document ?? '', { e: odd.trim() })).toEqual({ found: null });
  });

  test.each(['', 'x'.repeat(201), '\0', '\ud800'])('is not looked for by %j', async (e) => {
    const { errors } = await parley.graphql(tenant.key, document ?? '', { e });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'externalId' } }]);
  });

  test('needs conversations:read', async () => {
    const key = await parley.key(tenant.id, ['messages:ingest']);
    const { errors } = await parley.graphql(key, document ?? '', { e: odd });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', requiredScopes: ['conversations:read'] } }]);
  });
});
