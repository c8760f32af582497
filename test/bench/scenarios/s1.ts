import { encodeId } from '../../../src/values/ids.ts';
import { graphql, type Scenario } from '../scenario.ts';
import { type Json, largestConversations, ms, uuid } from './rows.ts';

const fields = 'number externalId direction channel status body segmentCount createdAt';

const parley = `query($id: ID!) { conversation(id: $id) {
  messages(first: 50, orderBy: { field: CREATED_AT, direction: DESC }) { pageInfo { hasNextPage endCursor } edges { cursor node { id ${fields} } } } } }`;

const postgraphile = `query($organization: UUID!, $id: UUID!) { conversation: conversationByOrganizationIdAndRowId(organizationId: $organization, rowId: $id) {
  messages(first: 50, orderBy: [CREATED_AT_DESC, ROW_ID_DESC]) { pageInfo { hasNextPage endCursor } edges { cursor node { id: rowId ${fields} } } } } }`;

const pothos = `query($id: ID!) { conversation(id: $id) {
  messages(first: 50) { pageInfo { hasNextPage endCursor } edges { cursor node { id ${fields} } } } } }`;

const messageOf = (message: Json) => ({
  ...message,
  id: uuid(message.id),
  number: Number(message.number),
  createdAt: ms(message.createdAt),
});

const rows = ({ data }: Json) => data.conversation.messages.edges.map(({ node }: Json) => messageOf(node));

/** The request that S7 is measured against, too. */
export const parleyPage = (key: string | undefined, conversations: readonly string[]) =>
  conversations.map((id) => graphql(parley, { id: encodeId('Conversation', id) }, key));

export const s1: Scenario = {
  id: 'S1',
  title: "GraphQL: a conversation's 50 newest messages, 9 fields, cursors",
  roles: ['main'],
  cases: async (database) => {
    const ids = await largestConversations(database);
    const { id: organization, key } = database.organizations.main ?? {};
    return [
      {
        name: 'floor',
        contender: 'floor',
        calls: ids.map((id) => ({ method: 'GET', path: `/s1?id=${id}` })),
        rows: ({ items }: Json) => items.map(({ cursor, ...message }: Json) => messageOf(message)),
      },
      { name: 'Parley', contender: 'parley', calls: parleyPage(key, ids), rows },
      { name: 'PostGraphile', contender: 'postgraphile', calls: ids.map((id) => graphql(postgraphile, { organization, id })), rows },
      { name: 'Yoga + Pothos Prisma', contender: 'pothos', calls: ids.map((id) => graphql(pothos, { id })), rows },
    ];
  },
  targets: [
    { case: 'Parley', against: 'PostGraphile', measure: 'rate', atLeast: 1.5 },
    { case: 'Parley', against: 'floor', measure: 'rate', atLeast: 0.5 },
  ],
};
