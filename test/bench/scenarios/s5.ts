import { encodeCursor, orderings } from '../../../src/values/cursor.ts';
import { encodeId } from '../../../src/values/ids.ts';
import type { BenchDatabase } from '../database.ts';
import { graphql, type Scenario } from '../scenario.ts';

const fields = 'number externalId direction channel status body segmentCount createdAt';
const page = (args: string) => `query($id: ID!, $cursor: String) { conversation(id: $id) {
  messages(${args}) { pageInfo { hasNextPage endCursor } edges { cursor node { id ${fields} } } } } }`;

const directions = [
  { name: 'forward', query: page('first: 50, after: $cursor'), depthOf: (depth: number) => depth },
  { name: 'backward', query: page('last: 50, before: $cursor'), depthOf: (depth: number) => 1 - depth },
] as const;
const depths = [0, 0.1, 0.9] as const;

const nameOf = (direction: string, depth: number) => `${direction}, at ${depth * 100} %`;
const firstPage = nameOf('forward', 0);

/** The cursor of the message at this part of a conversation: null for its beginning and its end. */
async function cursorAt(database: BenchDatabase, conversationId: string, part: number): Promise<string | null> {
  if (part === 0 || part === 1) return null;
  const [row] = await database.query<{ id: string; time: Date }>(
    'select id, created_at as time from messages where organization_id = $1 and conversation_id = $2 order by created_at, id offset $3 limit 1',
    [database.organizations.deep?.id, conversationId, Math.round(part * database.messages)],
  );
  if (row === undefined) throw new Error('the conversation has fewer messages than it should');
  return encodeCursor({ mark: orderings.messageCreatedAt, descending: false }, row);
}

export const s5: Scenario = {
  id: 'S5',
  title: 'GraphQL: a page of 50 at a depth of one conversation that has all messages',
  roles: ['deep'],
  cases: async (database) => {
    const { deep } = database.organizations;
    const [conversation] = await database.query<{ id: string }>('select id from conversations where organization_id = $1', [deep?.id]);
    const id = conversation?.id ?? '';
    return Promise.all(
      directions.flatMap(({ name, query, depthOf }) =>
        depths.map(async (depth) => {
          const cursor = await cursorAt(database, id, depthOf(depth));
          const calls = [graphql(query, { id: encodeId('Conversation', id), cursor }, deep?.key)];
          return { name: nameOf(name, depth), contender: 'parley' as const, calls };
        }),
      ),
    );
  },
  targets: directions
    .flatMap(({ name }) => depths.map((depth) => nameOf(name, depth)))
    .filter((name) => name !== firstPage)
    .map((name) => ({ case: name, against: firstPage, measure: 'p50', atMost: 1.2 })),
};
