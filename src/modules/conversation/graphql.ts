import { orderings } from '../../cursor.ts';
import { builder } from '../../graphql/builder.ts';
import { argumentsOfPayload } from '../../graphql/check-payload.ts';
import { type ConnectionArgs, readPage, resolveConnection } from '../../graphql/connection.ts';
import type { Context } from '../../graphql/context.ts';
import { selects } from '../../graphql/selection.ts';
import { Agent } from '../agent/ref.ts';
import { type AgentRow, agentSource } from '../agent/rows.ts';
import { Consent } from '../consent/graphql.ts';
import { type ConsentRow, consentOfConversation } from '../consent/rows.ts';
import { Message } from '../message/ref.ts';
import { type MessageRow, messageSource } from '../message/rows.ts';
import { Participant, ParticipantConnection } from '../participant/ref.ts';
import { type ParticipantRow, participantsOfConversation } from '../participant/rows.ts';
import { PhoneNumber } from '../phone-number/ref.ts';
import { type PhoneNumberRow, phoneNumberSource } from '../phone-number/rows.ts';
import { preview } from './preview.ts';
import { ChatBackground, Conversation, ConversationTypeEnum } from './ref.ts';
import { backgroundOf, type ConversationRow, conversationSource } from './rows.ts';

const byJoining = { mark: orderings.participantJoinedAt, descending: false };

ChatBackground.implement({
  description: 'A picture shown behind a conversation.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Another with every picture that is set; not good for `node`.' }),
    imageUrl: t.expose('imageUrl', { type: 'URL', description: 'Where the picture lies.' }),
    version: t.exposeInt('version', { description: 'How many pictures were set here so far, this one included.' }),
  }),
});

builder.node(Conversation, {
  description: 'A thread of messages: between one of the organization’s numbers and one contact, or among people of the workplace.',
  authScopes: { scope: 'conversations:read' },
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row<ConversationRow>(conversationSource, id),
  fields: (t) => ({
    number: t.expose('number', { type: 'SafeInt', description: 'The integer id, unique in the organization.' }),
    externalId: t.exposeString('externalId', {
      nullable: true,
      description:
        'The id of a workplace chat in the system that its messages are recorded from; null in a phone conversation. See `conversationByExternalId`.',
    }),
    type: t.expose('type', { type: ConversationTypeEnum, description: 'Who takes part.' }),
    title: t.exposeString('title', { nullable: true, description: 'What a workplace chat is called; null where it has no title.' }),
    phoneNumber: t.field({
      type: PhoneNumber,
      nullable: true,
      description: 'The organization’s number; null in a workplace chat.',
      resolve: ({ phoneNumberId }, _args, { loaders }) =>
        phoneNumberId === null ? null : loaders.row<PhoneNumberRow>(phoneNumberSource, phoneNumberId),
    }),
    contactNumber: t.expose('contactNumber', {
      type: 'PhoneNumberString',
      nullable: true,
      description: 'The contact’s address; null in a workplace chat.',
    }),
    agent: t.field({
      type: Agent,
      nullable: true,
      description: 'Who answers for the organization; null where nobody is assigned.',
      resolve: ({ agentId }, _args, { loaders }) => (agentId === null ? null : loaders.row<AgentRow>(agentSource, agentId)),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the first message was sent.' }),
    lastMessageAt: t.expose('lastMessageAt', { type: 'DateTime', description: 'When the latest message was sent.' }),
    lastMessage: t.field({
      type: Message,
      nullable: true,
      description: 'The latest message; null where there is none.',
      resolve: (conversation, _args, context) => lastMessage(conversation, context),
    }),
    lastMessagePreview: t.string({
      nullable: true,
      description: 'The first 160 characters of the latest message’s body, never half an emoji; null where that is gone or there is none.',
      resolve: async (conversation, _args, context) => {
        const message = await lastMessage(conversation, context);
        return message?.body == null ? null : preview(message.body);
      },
    }),
    messageCount: t.exposeInt('messageCount', { description: 'How many messages there are, deleted and redacted ones included.' }),
    unreadCount: t.exposeInt('unreadCount', {
      description:
        'How many inbound messages are later than what was read, deleted and redacted ones included; see `markConversationRead`.',
    }),
    readThrough: t.expose('readThrough', {
      type: 'DateTime',
      nullable: true,
      description:
        'The instant through which the conversation was read, as `markConversationRead` set it: inbound messages later than it are unread. Null while it was never read.',
    }),
    consent: t.field({
      type: Consent,
      nullable: true,
      description: 'Whether the contact agreed to hear from this number; null where no answer is known.',
      resolve: ({ id }, _args, { loaders }) => loaders.row<ConsentRow>(consentOfConversation, id),
    }),
    metadata: t.expose('metadata', {
      type: 'JSONObject',
      nullable: true,
      description:
        'A JSON object that programs store with the conversation; null if none is stored. Every key and value is returned as it was sent, but keys may come in another order: objects in JSON have none (RFC 8259), and the database stores shorter keys first, keys of one length by their bytes.',
    }),
    background: t.field({
      type: ChatBackground,
      nullable: true,
      description: 'The picture behind the conversation; null where there is none.',
      resolve: backgroundOf,
    }),
    archivedAt: t.expose('archivedAt', { type: 'DateTime', nullable: true, description: 'When it was put away; null while it is not.' }),
    participants: t.connection(
      {
        type: Participant,
        description: 'Those who wrote in this conversation, in the order of their first message.',
        extensions: argumentsOfPayload((args: ConnectionArgs) => void readPage(args, byJoining)),
        resolve: ({ id }, args, context, info) =>
          resolveConnection<ParticipantRow>(
            context,
            {
              key: '',
              source: participantsOfConversation,
              ordering: byJoining,
              time: 'j.joined_at',
              where: () => [],
              total: selects(info, 'totalCount') ? (_bind, filtered) => `(select count(*) ${filtered})` : null,
            },
            args,
            id,
          ),
      },
      ParticipantConnection,
    ),
  }),
});

function lastMessage({ lastMessageId }: ConversationRow, { loaders }: Context) {
  return lastMessageId === null ? null : loaders.row<MessageRow>(messageSource, lastMessageId);
}
