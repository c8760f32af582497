import { graphql, type Scenario } from '../scenario.ts';
import { type Json, ms, uuid } from './rows.ts';

const parley = `{ conversations(first: 50) { nodes { id contactNumber lastMessageAt phoneNumber { id e164 } consent { optedIn optedInAt }
  messages(first: 20, orderBy: { field: CREATED_AT, direction: DESC }) { nodes { id body createdAt } } } } }`;

const postgraphile = `query($organization: UUID!) {
  conversations: allConversations(first: 50, condition: { organizationId: $organization }, orderBy: [LAST_MESSAGE_AT_DESC, ROW_ID_DESC]) {
    nodes { id: rowId contactNumber lastMessageAt phoneNumber: phoneNumberByOrganizationIdAndPhoneNumberId { id: rowId e164: number } consent { optedIn optedInAt }
      messages(first: 20, orderBy: [CREATED_AT_DESC, ROW_ID_DESC]) { nodes { id: rowId body createdAt } } } } }`;

const pothos = `{ conversations(first: 50) { edges { node { id contactNumber lastMessageAt phoneNumber { id e164 } consent { optedIn optedInAt }
  messages(first: 20) { edges { node { id body createdAt } } } } } } }`;

const nodesOf = ({ nodes, edges }: Json): Json[] => nodes ?? edges.map(({ node }: Json) => node);

const conversationOf = (conversation: Json, messages: Json[]) => ({
  id: uuid(conversation.id),
  contactNumber: conversation.contactNumber,
  lastMessageAt: ms(conversation.lastMessageAt),
  phoneNumber: { id: uuid(conversation.phoneNumber.id), e164: conversation.phoneNumber.e164 },
  consent: conversation.consent && { optedIn: conversation.consent.optedIn, optedInAt: ms(conversation.consent.optedInAt) },
  messages: messages.map(({ id, body, createdAt }) => ({ id: uuid(id), body, createdAt: ms(createdAt) })),
});

const rows = ({ data }: Json) => nodesOf(data.conversations).map((each) => conversationOf(each, nodesOf(each.messages)));

export const s2: Scenario = {
  id: 'S2',
  title: 'GraphQL: 50 conversations, each with number, consent, 20 messages',
  roles: ['main'],
  cases: async ({ organizations: { main } }) => [
    {
      name: 'floor',
      contender: 'floor',
      calls: [{ method: 'GET', path: '/s2' }],
      rows: (answer: Json) => answer.map((each: Json) => conversationOf(each, each.messages)),
    },
    { name: 'Parley', contender: 'parley', calls: [graphql(parley, {}, main?.key)], rows },
    { name: 'PostGraphile', contender: 'postgraphile', calls: [graphql(postgraphile, { organization: main?.id })], rows },
    { name: 'Yoga + Pothos Prisma', contender: 'pothos', calls: [graphql(pothos)], rows },
  ],
  targets: [
    { case: 'Parley', against: 'PostGraphile', measure: 'rate', atLeast: 1.3 },
    { case: 'Parley', against: 'floor', measure: 'rate', atLeast: 0.6 },
  ],
};
