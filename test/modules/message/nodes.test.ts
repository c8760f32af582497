// The global ids of reactions and attachments.
import { beforeAll, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { ask } from '../conversation/conversations.ts';

const parley = useApp();
const at = '2026-01-01T00:00:01Z';
const parts = {
  reactions: [{ type: 'love', direction: 'inbound', createdAt: at }],
  attachments: [{ name: 'a.png', mime: 'image/png', size: 7, url: 'https://files.test/a.png', width: 3, height: 2 }],
};
const list =
  '{ conversations(first: 1) { nodes { messages { nodes { reactions { __typename id number reactionType createdAt author { name } } attachments { __typename id number name size } } } } } }';
const fields = `__typename id ... on Reaction { number reactionType createdAt author { name } } ... on Attachment { number name size }`;
let tenant: Tenant;
let nodes: { id: string }[];

async function listed({ key }: Tenant) {
  const { conversations } = await ask(parley, key, list);
  return conversations.nodes[0].messages.nodes.flatMap(({ reactions, attachments }: Record<string, { id: string }[]>) => [
    ...(reactions ?? []),
    ...(attachments ?? []),
  ]) as { id: string }[];
}

const byIds = async ({ key }: Tenant, ids: readonly string[]) =>
  (await ask(parley, key, `query ($ids: [ID!]!) { nodes(ids: $ids) { ${fields} } }`, { ids })).nodes;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({ externalId: 'a', ...parts }), phoneLine({ externalId: 'b', ...parts })]);
  nodes = await listed(tenant);
});

test('node returns the same attachments and reactions as the message; ids are distinct and stable', async () => {
  const ids = nodes.map(({ id }) => id);
  expect(new Set(ids).size).toBe(4);
  expect(await byIds(tenant, ids)).toEqual(nodes);
  await parley.importLines(tenant, [phoneLine({ externalId: 'a', ...parts })]);
  expect(await listed(tenant)).toEqual(nodes);
  for (const node of nodes)
    expect((await ask(parley, tenant.key, `query ($id: ID!) { node(id: $id) { ${fields} } }`, { id: node.id })).node).toEqual(node);
});

test('reads all nodes of a type in one statement', async () => {
  await byIds(tenant, []);
  const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
  const statements = await parley.statements(() => ask(parley, tenant.key, query, { ids: nodes.map(({ id }) => id) }));
  expect(statements.toSorted()).toEqual(['attachments', 'reactions']);
});

test('refuses a key without conversations:read', async () => {
  const key = await parley.key(tenant.id, ['messages:ingest']);
  for (const { id } of nodes) {
    const { data, errors } = await parley.graphql(key, `query ($id: ID!) { node(id: $id) { ${fields} } }`, { id });
    expect(data).toEqual({ node: null });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', requiredScopes: ['conversations:read'] } }]);
  }
});

test('returns null for attachments of a redacted message, reactions of a deleted one, and removed reactions', async () => {
  const other = await parley.tenant();
  const lines = ['redacted', 'deleted', 'removed'].map((externalId, index) =>
    phoneLine({ externalId, createdAt: `2026-01-01T00:00:0${index}Z`, ...parts }),
  );
  await parley.importLines(other, lines);
  const before = await listed(other);
  await parley.importLines(other, [
    { ...lines[0], body: null, attachments: [], redactedAt: at },
    { ...lines[1], deletedAt: at },
  ]);
  const { conversations } = await ask(parley, other.key, '{ conversations { nodes { lastMessage { id } } } }');
  const input = { messageId: conversations.nodes[0].lastMessage.id, type: 'love', direction: 'INBOUND', removedAt: at };
  await ask(parley, other.key, 'mutation ($input: RemoveReactionInput!) { removeReaction(input: $input) { removed } }', { input });
  const [reactionOfRedacted, , , , , attachmentOfThird] = before;
  expect(
    await byIds(
      other,
      before.map(({ id }) => id),
    ),
  ).toEqual([reactionOfRedacted, null, null, null, null, attachmentOfThird]);
});
