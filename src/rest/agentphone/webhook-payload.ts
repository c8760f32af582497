// The bodies of webhooks: the keys, in the order of the vendor's documents and of the vendor's adapter for chats, which is also the source of `agent.reaction`.
import type { AgentPhoneWebhookMessageQuery, AgentPhoneWebhookReactionQuery } from '../../generated/graphql/graphql.ts';
import { lower, notNull } from '../kit/present.ts';
import { withPrefix } from './ids.ts';
import { formatReceivedAt } from './received-at.ts';

/** The keys that every event has. */
export interface Envelope {
  timestamp: string;
  /** Null if the conversation has no agent. */
  agentId: string | null;
}

type Conversation = NonNullable<AgentPhoneWebhookMessageQuery['conversation']>;
type Message = NonNullable<Conversation['messages']>['nodes'][number];

/** Presents a message. Content that was removed is blank, here and in the history. @param history the messages before it, oldest first */
export function messagePayload(
  { timestamp, agentId }: Envelope,
  conversation: Conversation,
  message: Message,
  history: readonly Message[],
) {
  const { mediaUrls } = message;
  return {
    event: 'agent.message',
    channel: lower(message.channel),
    timestamp,
    agentId,
    data: {
      messageId: withPrefix('Message', message.id),
      ...placeOf(conversation),
      from: notNull(message.from),
      to: notNull(message.to),
      contact: presentContact(message.author),
      message: message.body ?? '',
      mediaUrl: mediaUrls[0] ?? null,
      mediaUrls,
      direction: lower(message.direction),
      receivedAt: formatReceivedAt(message),
    },
    conversationState: conversation.metadata,
    recentHistory: history.map((each) => ({
      messageId: withPrefix('Message', each.id),
      content: each.body ?? '',
      direction: lower(each.direction),
      channel: lower(each.channel),
      at: formatReceivedAt(each),
    })),
  };
}

type Node<Given, Key extends PropertyKey> = Extract<Given, Record<Key, unknown>>;
export type Reaction = Node<AgentPhoneWebhookReactionQuery['reaction'], 'type'>;
type ReactedMessage = Node<AgentPhoneWebhookReactionQuery['message'], 'body'>;

/** Presents a reaction. The text of its message is null if it has none, or was removed. */
export function reactionPayload({ timestamp, agentId }: Envelope, reaction: Reaction, message: ReactedMessage) {
  const { mediaUrls } = message;
  return {
    event: 'agent.reaction',
    channel: lower(message.channel),
    timestamp,
    agentId,
    data: {
      ...placeOf(message.conversation),
      reactionType: reaction.type,
      // Without a stored number it is the number of the side that reacted.
      fromNumber: reaction.fromNumber ?? notNull(reaction.direction === message.direction ? message.from : message.to),
      direction: lower(reaction.direction),
      messageId: withPrefix('Message', message.id),
      messageBody: message.body,
      messageMediaUrl: mediaUrls[0] ?? null,
      messageMediaUrls: mediaUrls,
      createdAt: reaction.createdAt,
    },
  };
}

/** A message that is in no conversation: it shows that a receiver works. Its ids name nothing. */
export function testPayload({ timestamp, agentId }: Envelope) {
  return {
    event: 'agent.message',
    channel: 'sms',
    timestamp,
    agentId,
    data: {
      messageId: 'msg_test',
      conversationId: 'conv_test',
      numberId: 'num_test',
      from: '+15555550100',
      to: '+15555550101',
      contact: null,
      message: 'This is a test of your webhook.',
      mediaUrl: null,
      mediaUrls: [],
      direction: 'inbound',
      receivedAt: timestamp,
    },
    conversationState: null,
    recentHistory: [],
  };
}

function placeOf({ id, phoneNumber }: Pick<Conversation, 'id' | 'phoneNumber'>) {
  return { conversationId: withPrefix('Conversation', id), numberId: withPrefix('PhoneNumber', notNull(phoneNumber).id) };
}

/** Presents the author of a message as its contact; null if it is no contact: the organization, an agent or a named person. */
function presentContact({ id, participantKind, contactNumber, firstName, lastName }: Message['author']) {
  if (participantKind !== 'CONTACT') return null;
  const name = [firstName, lastName].filter((part) => part !== null).join(' ');
  return { id: withPrefix('Participant', id), name: name === '' ? null : name, email: null, phoneNumber: notNull(contactNumber) };
}
