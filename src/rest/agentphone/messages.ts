import { z } from 'zod';
import { AgentPhoneListMessagesDocument, type AgentPhoneMessageFragment } from '../../generated/graphql/graphql.ts';
import { contentRemovedAt, lower, notNull } from '../kit/present.ts';
import { route } from '../kit/route.ts';
import { conversationPath, withoutPrefix, withPrefix } from './ids.ts';
import { formatReceivedAt } from './received-at.ts';
import { channel, direction, listOf, party, receivedAt, redactedAt, time } from './shapes.ts';
import { presentTimePage, timePage, timeVariables } from './time-page.ts';

export const message = z
  .strictObject({
    id: z.string(),
    body: z.string(),
    fromNumber: party,
    toNumber: party,
    direction,
    senderIdentifier: z.string().nullable(),
    channel,
    mediaUrl: z.string().nullable(),
    mediaUrls: z.array(z.string()),
    receivedAt,
    reactions: z.array(z.strictObject({ id: z.string(), reactionType: z.string(), fromNumber: party, direction, createdAt: time })),
    replyTo: z.strictObject({ messageId: z.string(), message: z.string(), mediaUrls: z.array(z.string()) }).nullable(),
    redactedAt,
  })
  .meta({ id: 'Message' });

export const messageList = listOf(message, {});

export const messageExample: z.input<typeof message> = {
  id: 'msg_BwGQobLD1HAAgAAAAAAAAAQ',
  body: 'Hi, I need help with my order',
  fromNumber: '+15559876543',
  toNumber: '+15551234567',
  direction: 'inbound',
  senderIdentifier: null,
  channel: 'sms',
  mediaUrl: null,
  mediaUrls: [],
  receivedAt: '2025-01-15T11:30:00.000000Z',
  reactions: [],
  replyTo: null,
};

export const listMessages = route({
  method: 'GET',
  path: '/v1/conversations/{conversation_id}/messages',
  summary: 'Get conversation messages',
  description:
    'Newest first. For the next page send the `receivedAt` of the last message as `before`; to walk forward send that of the first message as `after`. Each message comes once.',
  document: AgentPhoneListMessagesDocument,
  params: conversationPath,
  query: timePage,
  variables: ({ params, query }) => ({ id: withoutPrefix('Conversation', params.conversation_id), ...timeVariables(query) }),
  response: messageList,
  example: { data: [messageExample], hasMore: true },
  // A workplace chat does not exist in this contract.
  present: ({ conversation }, { query }) =>
    conversation?.type === 'PHONE' ? presentTimePage(conversation.messages, query, presentMessage) : null,
});

export function presentMessage(given: AgentPhoneMessageFragment): z.input<typeof message> {
  const { replyTo, mediaUrls } = given;
  return {
    id: withPrefix('Message', given.id),
    body: given.body ?? '',
    fromNumber: notNull(given.from),
    toNumber: notNull(given.to),
    direction: lower(given.direction),
    // Distinguishes the members of a group; between two sides, `fromNumber` does.
    senderIdentifier: null,
    channel: lower(given.channel),
    mediaUrl: mediaUrls[0] ?? null,
    mediaUrls,
    receivedAt: formatReceivedAt(given),
    reactions: notNull(given.reactions).map((reaction) => presentReaction(reaction, given)),
    replyTo: replyTo && { messageId: withPrefix('Message', replyTo.id), message: replyTo.body ?? '', mediaUrls: replyTo.mediaUrls },
    ...presentRedaction(given),
  };
}

/** Returns the key `redactedAt` for a message without content, else no key. */
export function presentRedaction(given: { redactedAt: string | null; deletedAt: string | null }): { redactedAt?: string } {
  const redactedAt = contentRemovedAt(given);
  return redactedAt === null ? {} : { redactedAt };
}

type Reaction = NonNullable<AgentPhoneMessageFragment['reactions']>[number];

function presentReaction(reaction: Reaction, { direction, from, to }: AgentPhoneMessageFragment) {
  return {
    id: `rct_${reaction.number}`,
    reactionType: reaction.type,
    // Without a stored number it is the number of the side that reacted.
    fromNumber: reaction.fromNumber ?? notNull(reaction.direction === direction ? from : to),
    direction: lower(reaction.direction),
    createdAt: reaction.createdAt,
  };
}
