import { z } from 'zod';
import {
  AgentPhoneGetNumberDocument,
  AgentPhoneListNumberMessagesDocument,
  type AgentPhoneListNumberMessagesQuery,
  AgentPhoneListNumbersDocument,
  type AgentPhoneNumberFragment,
} from '../../generated/graphql/graphql.ts';
import { lower, notNull } from '../kit/present.ts';
import { route } from '../kit/route.ts';
import { idOf, withoutPrefix, withPrefix } from './ids.ts';
import { messageExample, presentRedaction } from './messages.ts';
import { offsetPage, offsetVariables, presentOffsetPage } from './offset-page.ts';
import { formatReceivedAt } from './received-at.ts';
import { channel, direction, listOf, party, receivedAt, redactedAt, time } from './shapes.ts';
import { presentTimePage, timePage, timeVariables } from './time-page.ts';

/** A number of the organization. Left out: `type`, which is optional and unknown here. */
export const number = z
  .strictObject({
    id: z.string(),
    phoneNumber: z.string(),
    country: z.literal('').describe('Always empty: the country is unknown here.'),
    status: z.literal('active'),
    agentId: z.null().describe('Always null: agents answer conversations here, see their `agentId`.'),
    createdAt: time,
  })
  .meta({ id: 'Number' });

const numberExample: z.input<typeof number> = {
  id: 'num_BAGQobLD1HAAgAAAAAAAAAM',
  phoneNumber: '+15551234567',
  country: '',
  status: 'active',
  agentId: null,
  createdAt: '2025-01-15T11:30:00Z',
};

export const numberMessageList = listOf(
  z.strictObject({
    id: z.string(),
    from_: party,
    from: party,
    to: party,
    body: z.string(),
    direction,
    channel,
    receivedAt,
    redactedAt,
  }),
  {},
);

type NumberMessage = z.input<typeof numberMessageList>['data'][number];

const { id, body, fromNumber: from, toNumber: to, ...others } = messageExample;
const numberMessageExample: NumberMessage = {
  ...{ id, from_: from, from, to, body },
  ...{ direction: others.direction, channel: others.channel, receivedAt: others.receivedAt },
};

const numberPath = z.object({ number_id: idOf('PhoneNumber') });

export const listNumbers = route({
  method: 'GET',
  path: '/v1/numbers',
  summary: 'List phone numbers',
  description: 'The numbers of the organization, in the order in which they were stored.',
  document: AgentPhoneListNumbersDocument,
  params: z.object({}),
  query: offsetPage,
  variables: ({ query }) => offsetVariables(query),
  response: listOf(number, { total: z.int() }),
  example: { data: [numberExample], hasMore: false, total: 1 },
  present: ({ phoneNumbers }, { query }) => presentOffsetPage(phoneNumbers, query, presentNumber),
});

export const getNumber = route({
  method: 'GET',
  path: '/v1/numbers/{number_id}',
  summary: 'Get a phone number',
  document: AgentPhoneGetNumberDocument,
  params: numberPath,
  query: z.object({}),
  variables: ({ params }) => ({ id: withoutPrefix('PhoneNumber', params.number_id) }),
  response: number,
  example: numberExample,
  present: ({ node }) => (node?.__typename === 'PhoneNumber' ? presentNumber(node) : null),
});

export const listNumberMessages = route({
  method: 'GET',
  path: '/v1/numbers/{number_id}/messages',
  summary: 'List the messages of a phone number',
  description: 'The messages of all its conversations, newest first. Pages work as in the messages of a conversation.',
  document: AgentPhoneListNumberMessagesDocument,
  params: numberPath,
  query: timePage,
  variables: ({ params, query }) => ({ number: withoutPrefix('PhoneNumber', params.number_id), ...timeVariables(query) }),
  response: numberMessageList,
  example: { data: [numberMessageExample], hasMore: true },
  present: ({ node }, { query }) => (node && 'messages' in node ? presentTimePage(node.messages, query, presentMessage) : null),
});

function presentNumber({ id, e164: phoneNumber, createdAt }: AgentPhoneNumberFragment): z.input<typeof number> {
  return { id: withPrefix('PhoneNumber', id), phoneNumber, country: '', status: 'active', agentId: null, createdAt };
}

type PhoneNumber = Extract<AgentPhoneListNumberMessagesQuery['node'], { messages: unknown }>;
type Message = NonNullable<PhoneNumber['messages']>['nodes'][number];

function presentMessage(given: Message): NumberMessage {
  const from = notNull(given.from);
  return {
    id: withPrefix('Message', given.id),
    // The SDK reads `from_`, since its generator avoids Python's keyword; other clients read `from`.
    from_: from,
    from,
    to: notNull(given.to),
    body: given.body ?? '',
    direction: lower(given.direction),
    channel: lower(given.channel),
    receivedAt: formatReceivedAt(given),
    ...presentRedaction(given),
  };
}
