import { beforeAll, describe, expect, test } from 'vitest';
import { encodeId } from '../../../src/values/ids.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { ask, eventsWrittenBy, onlyConversation } from './conversations.ts';

const parley = useApp();
const uuid = '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e';
let tenant: Tenant;
let id: string;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({})]);
  id = await onlyConversation(parley, tenant);
});

describe.each([
  ['updateConversation', 'id', ', metadata: { a: 1 }, archived: true'],
  ['markConversationRead', 'id', ''],
  ['sendTypingIndicator', 'conversationId', ''],
  ['setChatBackground', 'conversationId', ', imageUrl: "https://images.test/a.png"'],
  ['removeChatBackground', 'conversationId', ''],
])('%s', (name, field, more) => {
  const mutation = (selected: string) => `mutation ($id: ID!) { ${name}(input: { ${field}: $id${more} }) { ${selected} } }`;
  const state = () => ask(parley, tenant.key, '{ conversations { nodes { metadata archivedAt unreadCount background { id } } } }');

  test('a key that may only read is refused with the name of the scope, and nothing changes', async () => {
    const key = await parley.key(tenant.id, ['conversations:read', 'messages:ingest']);
    const before = await state();
    const told = await eventsWrittenBy(parley, tenant, async () => {
      const { data, errors } = await parley.graphql(key, mutation('__typename'), { id });
      expect(data).toBeNull();
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', requiredScopes: ['conversations:write'] } }]);
    });
    expect(told).toEqual([]);
    expect(await state()).toEqual(before);
  });

  test('refuses a key that may only write before any change, if it selects fields that it may not read', async () => {
    const key = await parley.key(tenant.id, ['conversations:write']);
    const before = await state();
    for (const query of [
      mutation('conversation { id }'),
      `${mutation('...f')} fragment f on ${payload(name)} { shown: conversation { id } }`,
    ]) {
      const told = await eventsWrittenBy(parley, tenant, async () => {
        const { data, errors } = await parley.graphql(key, query, { id });
        expect(data).toBeNull();
        expect(errors).toMatchObject([{ path: [name], extensions: { code: 'FORBIDDEN', requiredScopes: ['conversations:read'] } }]);
      });
      expect(told).toEqual([]);
    }
    expect(await state()).toEqual(before);
  });

  test("another organization's conversation is NOT_FOUND", async () => {
    const stranger = await parley.tenant();
    const before = await state();
    const [foreign, unknown] = await Promise.all(
      [id, encodeId('Conversation', uuid)].map((each) => parley.graphql(stranger.key, mutation('conversation { id }'), { id: each })),
    );
    expect(foreign?.errors).toMatchObject([{ message: 'there is no such conversation', extensions: { code: 'NOT_FOUND' } }]);
    const { requestId: _one, ...foreignError } = foreign?.errors?.[0]?.extensions ?? {};
    const { requestId: _other, ...unknownError } = unknown?.errors?.[0]?.extensions ?? {};
    expect({ ...foreign?.errors?.[0], extensions: foreignError }).toEqual({ ...unknown?.errors?.[0], extensions: unknownError });
    expect(await state()).toEqual(before);
  });

  test.each([
    ['of another type', encodeId('Message', uuid)],
    ['no id', 'x'],
    ['U+0000', '\0'],
  ])('refuses a malformed id: %s', async (_name, wrong) => {
    const { errors } = await parley.graphql(tenant.key, mutation('__typename'), { id: wrong });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: `input.${field}` } }]);
  });

  test('a key that may only write changes without reading', async () => {
    const key = await parley.key(tenant.id, ['conversations:write']);
    expect(await parley.graphql(key, mutation('__typename'), { id })).toEqual({ data: { [name]: { __typename: payload(name) } } });
  });
});

test('each of several changes in one document shows its own result', async () => {
  const change = (value: number) =>
    `change${value}: updateConversation(input: { id: $id, metadata: { value: ${value} } }) {
      conversation { metadata lastMessage { conversation { metadata } } messages { nodes { conversation { metadata } } } } }`;
  const data = await ask(parley, tenant.key, `mutation ($id: ID!) { ${change(1)} ${change(2)} }`, { id });
  for (const value of [1, 2]) {
    const metadata = { value };
    expect(data[`change${value}`].conversation).toEqual({
      metadata,
      lastMessage: { conversation: { metadata } },
      messages: { nodes: [{ conversation: { metadata } }] },
    });
  }
});

function payload(name: string): string {
  return `${name[0]?.toUpperCase()}${name.slice(1)}Payload`;
}
