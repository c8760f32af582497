import { needs } from '../../../database/needed-columns.ts';
import type { Context } from '../../../graphql/context.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { isInstant } from '../../../values/instant.ts';
import { Conversation } from '../../conversation/schema/ref.ts';
import { type ConversationRow, conversationSource } from '../../conversation/store/rows.ts';
import { ownOrganization } from '../../organization/schema/ref.ts';
import { Participant } from '../../participant/schema/ref.ts';
import { participantSource } from '../../participant/store/rows.ts';
import { type MessageRow, messageSource } from '../store/rows.ts';
import { ChannelEnum, DirectionEnum, KindEnum, StatusEnum } from './enums.ts';
import { Message } from './ref.ts';

const ends = [...needs(messageSource, 'direction', 'conversationId'), ...needs(conversationSource, 'phoneNumber', 'contactNumber')];

builder.node(Message, {
  description:
    'A message. Its content (body, media, attachments) is removed permanently when the message is redacted or deleted, or passes the retention window.',
  authScopes: { scope: 'conversations:read' },
  extensions: { rows: messageSource.label },
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row(messageSource, id),
  fields: (t) => ({
    number: t.expose('number', { type: 'SafeInt', description: 'The integer id, unique in the organization.' }),
    externalId: t.exposeString('externalId', {
      nullable: true,
      description:
        'The id of the message in the system that it comes from, unique in its conversation. Every message has one. See `messageByExternalId`.',
    }),
    conversation: t.field({
      type: Conversation,
      description: 'The conversation that the message belongs to.',
      extensions: { needs: needs(messageSource, 'conversationId') },
      resolve: conversationOf,
    }),
    kind: t.expose('kind', { type: KindEnum, description: 'The kind of the message.' }),
    direction: t.expose('direction', { type: DirectionEnum, description: 'The direction of the message.' }),
    from: t.field({
      type: 'PhoneNumberString',
      nullable: true,
      description: 'The address of the sender: the contact’s address or the organization’s phone number; null in a workplace chat.',
      extensions: { needs: ends },
      resolve: (message, _args, context) => endOf(message, context, message.direction === 'INBOUND' ? 'contactNumber' : 'phoneNumber'),
    }),
    to: t.field({
      type: 'PhoneNumberString',
      nullable: true,
      description: 'The address of the recipient: the organization’s phone number or the contact’s address; null in a workplace chat.',
      extensions: { needs: ends },
      resolve: (message, _args, context) => endOf(message, context, message.direction === 'INBOUND' ? 'phoneNumber' : 'contactNumber'),
    }),
    author: t.field({
      type: Participant,
      description: 'The author: the named person; otherwise the contact (inbound), or the agent or the organization (outbound).',
      extensions: { needs: needs(messageSource, 'authorId') },
      resolve: ({ authorId }, _args, { loaders }) => loaders.existing(participantSource, authorId),
    }),
    channel: t.expose('channel', { type: ChannelEnum, description: 'The channel the message was sent over, such as SMS.' }),
    body: t.exposeString('body', {
      nullable: true,
      description: 'The text of the message; null if the message has only media, or is redacted or deleted.',
    }),
    mediaUrls: t.expose('mediaUrls', { type: ['URL'], description: 'The URLs of the media. Empty if the message is redacted or deleted.' }),
    segmentCount: t.exposeInt('segmentCount', { description: 'The number of SMS segments of the message, 1 or more.' }),
    status: t.expose('status', { type: StatusEnum, nullable: true, description: 'The delivery status; null for an inbound message.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'The time at which the message was sent.' }),
    createdAtRank: t.exposeInt('createdAtRank', {
      description:
        'The rank of the message among the messages of its phone number with the same `createdAt`: 0 for the first, then 1 and so on in the order of lists. It never changes. Always 0 in a workplace chat.',
    }),
    editedAt: t.expose('editedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time of the latest edit; null if the message was never edited.',
    }),
    deletedAt: t.expose('deletedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the message was deleted; null if it was not.',
    }),
    redactedAt: t.expose('redactedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'The time at which the message was redacted, by erasure or by the retention window. It never changes. Null if the message is not redacted.',
    }),
    redactsAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'The time at which the message will be redacted by the current retention window. Clients must delete its content then. Null if there is no window, or if the message is already redacted or deleted.',
      extensions: { needs: needs(messageSource, 'redactedAt', 'deletedAt') },
      resolve: async (message, _args, context) => redactsAt(message, (await ownOrganization(context)).retentionDays),
    }),
    isRedacted: t.boolean({
      description: 'True if the message is redacted, by erasure or by the retention window: `redactedAt` is not null.',
      extensions: { needs: needs(messageSource, 'redactedAt') },
      resolve: ({ redactedAt }) => redactedAt !== null,
    }),
    replyTo: t.field({
      type: Message,
      nullable: true,
      description: 'The message that this message replies to; null if it replies to none.',
      extensions: { needs: needs(messageSource, 'replyToId') },
      resolve: ({ replyToId }, _args, { loaders }) => (replyToId === null ? null : loaders.row(messageSource, replyToId)),
    }),
  }),
});

function redactsAt({ createdAt, redactedAt, deletedAt }: MessageRow, retentionDays: number | null): Date | null {
  if (retentionDays === null || redactedAt !== null || deletedAt !== null) return null;
  const ms = createdAt.getTime() + retentionDays * 86_400_000;
  return isInstant(ms) ? new Date(ms) : null;
}

/** Returns the conversation of a message: the one that listed it, or else one looked up together with those of all messages of the level. */
function conversationOf(message: MessageRow, _args: object, { loaders }: Context): ConversationRow | Promise<ConversationRow> {
  return message.conversation ?? loaders.existing(conversationSource, message.conversationId);
}

function endOf(message: MessageRow, context: Context, end: 'phoneNumber' | 'contactNumber') {
  const conversation = conversationOf(message, {}, context);
  return conversation instanceof Promise ? conversation.then((found) => found[end]) : conversation[end];
}
