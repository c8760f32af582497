import { countAll } from '../../../database/count.ts';
import { needs } from '../../../database/needed-columns.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { resolveConnection, selects } from '../../../graphql/schema/connection.ts';
import { type ConnectionArgs, readPage } from '../../../graphql/schema/page-arguments.ts';
import { argumentsOfPayload } from '../../../graphql/schema/payload.ts';
import { orderings } from '../../../values/cursor.ts';
import { Agent } from '../../agent/schema/ref.ts';
import { agentSource } from '../../agent/store/rows.ts';
import { Consent } from '../../consent/schema/node.ts';
import { consentOfConversation } from '../../consent/store/rows.ts';
import { Participant, ParticipantConnection } from '../../participant/schema/ref.ts';
import { participantsOfConversation } from '../../participant/store/rows.ts';
import { PhoneNumber } from '../../phone-number/schema/ref.ts';
import { backgroundOf, conversationSource, phoneNumberOf } from '../store/rows.ts';
import { ChatBackground, Conversation, ConversationTypeEnum } from './ref.ts';

const byJoining = { mark: orderings.participantJoinedAt, descending: false };

ChatBackground.implement({
  description: 'A picture that clients show behind a conversation.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'An id that changes with every picture that is set. `node` does not find it.' }),
    imageUrl: t.expose('imageUrl', { type: 'URL', description: 'The URL of the picture.' }),
    version: t.exposeInt('version', {
      description: 'The number of pictures that were set on this conversation so far, including this one.',
    }),
  }),
});

builder.node(Conversation, {
  description: 'A thread of messages between one of the organization’s phone numbers and one contact, or among people of the workplace.',
  authScopes: { scope: 'conversations:read' },
  extensions: { rows: conversationSource.label },
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row(conversationSource, id),
  fields: (t) => ({
    number: t.expose('number', { type: 'SafeInt', description: 'The integer id, unique in the organization.' }),
    externalId: t.exposeString('externalId', {
      nullable: true,
      description:
        'The id of a workplace chat in the system that its messages come from; null for a phone conversation. See `conversationByExternalId`.',
    }),
    type: t.expose('type', { type: ConversationTypeEnum, description: 'The type of the conversation.' }),
    title: t.exposeString('title', {
      nullable: true,
      description: 'The title of a workplace chat; null if it has none, and for a phone conversation.',
    }),
    phoneNumber: t.field({
      type: PhoneNumber,
      nullable: true,
      description: 'The organization’s phone number; null for a workplace chat.',
      extensions: { needs: needs(conversationSource, 'phoneNumberId', 'phoneNumber', 'phoneNumberCreatedAt') },
      resolve: phoneNumberOf,
    }),
    contactNumber: t.expose('contactNumber', {
      type: 'PhoneNumberString',
      nullable: true,
      description: 'The address of the contact; null for a workplace chat.',
    }),
    agent: t.field({
      type: Agent,
      nullable: true,
      description: 'The agent assigned to the conversation; null if there is none.',
      extensions: { needs: needs(conversationSource, 'agentId') },
      resolve: ({ agentId }, _args, { loaders }) => (agentId === null ? null : loaders.row(agentSource, agentId)),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'The time at which the first message was sent.' }),
    lastMessageAt: t.expose('lastMessageAt', { type: 'DateTime', description: 'The time at which the latest message was sent.' }),
    messageCount: t.exposeInt('messageCount', { description: 'The number of messages, including deleted and redacted ones.' }),
    unreadCount: t.exposeInt('unreadCount', {
      description:
        'The number of inbound messages sent after `readThrough`, including deleted and redacted ones. See `markConversationRead`.',
    }),
    readThrough: t.expose('readThrough', {
      type: 'DateTime',
      nullable: true,
      description:
        'The time through which the conversation was read, as set by `markConversationRead`: later inbound messages are unread. Null if it was never read.',
    }),
    consent: t.field({
      type: Consent,
      nullable: true,
      description: 'The consent of the contact to receive messages from this phone number; null if no answer is stored.',
      extensions: { needs: [] },
      resolve: ({ id }, _args, { loaders }) => loaders.row(consentOfConversation, id),
    }),
    metadata: t.expose('metadata', {
      type: 'JSONObject',
      nullable: true,
      description:
        'A JSON object that clients store with the conversation; null if none is stored. Keys and values are returned unchanged, but the order of keys may differ.',
    }),
    background: t.field({
      type: ChatBackground,
      nullable: true,
      description: 'The picture behind the conversation; null if there is none.',
      extensions: { needs: needs(conversationSource, 'backgroundId', 'backgroundUrl', 'backgroundVersion') },
      resolve: backgroundOf,
    }),
    archivedAt: t.expose('archivedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the conversation was archived; null if it is not archived.',
    }),
    participants: t.connection(
      {
        type: Participant,
        description: 'The authors of messages in this conversation, in the order of their first message.',
        extensions: { needs: [], ...argumentsOfPayload((args: ConnectionArgs) => void readPage(args, byJoining)) },
        resolve: ({ id }, args, context, info) =>
          resolveConnection(
            context,
            {
              source: participantsOfConversation,
              ordering: byJoining,
              time: 'j.joined_at',
              where: () => [],
              total: selects(info, 'totalCount') ? countAll : null,
            },
            args,
            id,
          ),
      },
      ParticipantConnection,
    ),
  }),
});
