import { builder } from '../../../graphql/schema/builder.ts';
import { argumentsOfPayload } from '../../../graphql/schema/check-payload.ts';
import { type ConnectionArgs, readPage, resolveConnection } from '../../../graphql/schema/connection.ts';
import { selects } from '../../../graphql/schema/selection.ts';
import { orderings } from '../../../values/cursor.ts';
import { Agent } from '../../agent/schema/ref.ts';
import { agentSource } from '../../agent/store/rows.ts';
import { Consent } from '../../consent/schema/node.ts';
import { consentOfConversation } from '../../consent/store/rows.ts';
import { Participant, ParticipantConnection } from '../../participant/schema/ref.ts';
import { participantsOfConversation } from '../../participant/store/rows.ts';
import { PhoneNumber } from '../../phone-number/schema/ref.ts';
import { phoneNumberSource } from '../../phone-number/store/rows.ts';
import { backgroundOf, conversationSource } from '../store/rows.ts';
import { ChatBackground, Conversation, ConversationTypeEnum } from './ref.ts';

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
  loadWithoutCache: (id, { loaders }) => loaders.row(conversationSource, id),
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
      resolve: ({ phoneNumberId }, _args, { loaders }) => (phoneNumberId === null ? null : loaders.row(phoneNumberSource, phoneNumberId)),
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
      resolve: ({ agentId }, _args, { loaders }) => (agentId === null ? null : loaders.row(agentSource, agentId)),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the first message was sent.' }),
    lastMessageAt: t.expose('lastMessageAt', { type: 'DateTime', description: 'When the latest message was sent.' }),
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
      resolve: ({ id }, _args, { loaders }) => loaders.row(consentOfConversation, id),
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
          resolveConnection(
            context,
            {
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
