import type { Context } from '../../../graphql/context.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { existing } from '../../../graphql/schema/existing.ts';
import { isInstant } from '../../../values/instant.ts';
import { Conversation } from '../../conversation/schema/ref.ts';
import { type ConversationRow, conversationSource } from '../../conversation/store/rows.ts';
import { ownOrganization } from '../../organization/schema/node.ts';
import { Participant } from '../../participant/schema/ref.ts';
import { participantSource } from '../../participant/store/rows.ts';
import { type MessageRow, messageSource } from '../store/rows.ts';
import { ChannelEnum, DirectionEnum, KindEnum, StatusEnum } from './enums.ts';
import { Message } from './ref.ts';

builder.node(Message, {
  description:
    'One message. Its content (body, media, attachments) is gone for good once it is past the retention window, redacted or deleted.',
  authScopes: { scope: 'conversations:read' },
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row(messageSource, id),
  fields: (t) => ({
    number: t.expose('number', { type: 'SafeInt', description: 'The integer id, unique in the organization.' }),
    externalId: t.exposeString('externalId', {
      nullable: true,
      description:
        'The id that the message was recorded with, unique in its conversation; every message has one. See `messageByExternalId`.',
    }),
    conversation: t.field({ type: Conversation, description: 'The thread it belongs to.', resolve: conversationOf }),
    kind: t.expose('kind', { type: KindEnum, description: 'What it is.' }),
    direction: t.expose('direction', { type: DirectionEnum, description: 'Which way it went.' }),
    from: t.field({
      type: 'PhoneNumberString',
      nullable: true,
      description: 'The address that sent it: the contact’s, or the organization’s number; null in a workplace chat.',
      resolve: (message, _args, context) => endOf(message, context, message.direction === 'INBOUND' ? 'contactNumber' : 'phoneNumber'),
    }),
    to: t.field({
      type: 'PhoneNumberString',
      nullable: true,
      description: 'The address that received it: the organization’s number, or the contact’s address; null in a workplace chat.',
      resolve: (message, _args, context) => endOf(message, context, message.direction === 'INBOUND' ? 'phoneNumber' : 'contactNumber'),
    }),
    author: t.field({
      type: Participant,
      description: 'Who wrote it: the person, else the contact (inbound), the agent or the organization (outbound).',
      resolve: async ({ authorId }, _args, { loaders }) => existing(await loaders.row(participantSource, authorId)),
    }),
    channel: t.expose('channel', { type: ChannelEnum, description: 'What it travelled by.' }),
    body: t.exposeString('body', { nullable: true, description: 'The text; null once its content is gone, or where it has media only.' }),
    mediaUrls: t.expose('mediaUrls', { type: ['URL'], description: 'Its media; empty once its content is gone.' }),
    segmentCount: t.exposeInt('segmentCount', { description: 'How many SMS segments it took; at least 1.' }),
    status: t.expose('status', { type: StatusEnum, nullable: true, description: 'How far it got; null on an inbound message.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was sent.' }),
    createdAtRank: t.exposeInt('createdAtRank', {
      description:
        'The rank of the message among those of its phone number with the same `createdAt`: 0 for the first, then in the order of lists. It never changes. 0 in a workplace chat.',
    }),
    editedAt: t.expose('editedAt', { type: 'DateTime', nullable: true, description: 'When it was last edited; null where it never was.' }),
    deletedAt: t.expose('deletedAt', { type: 'DateTime', nullable: true, description: 'When it was deleted; null where it was not.' }),
    redactedAt: t.expose('redactedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When its content went, by erasure or because the retention window had passed; it never moves. Null while it was not redacted.',
    }),
    redactsAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'When its content will go, by the retention window in force: whoever keeps it is to forget it then. Null where nothing makes it go, or it went.',
      resolve: async (message, _args, context) => redactsAt(message, (await ownOrganization(context)).retentionDays),
    }),
    isRedacted: t.boolean({
      description: 'Whether its content went by erasure or retention: whether `redactedAt` is there.',
      resolve: ({ redactedAt }) => redactedAt !== null,
    }),
    replyTo: t.field({
      type: Message,
      nullable: true,
      description: 'The message that it answers, redacted like any other; null where it answers none.',
      resolve: ({ replyToId }, _args, { loaders }) => (replyToId === null ? null : loaders.row(messageSource, replyToId)),
    }),
  }),
});

function redactsAt({ createdAt, redactedAt, deletedAt }: MessageRow, retentionDays: number | null): Date | null {
  if (retentionDays === null || redactedAt !== null || deletedAt !== null) return null;
  const ms = createdAt.getTime() + retentionDays * 86_400_000;
  return isInstant(ms) ? new Date(ms) : null;
}

/** At hand where the conversation listed the message, else looked up, once for all messages of the level. */
function conversationOf(message: MessageRow, _args: object, { loaders }: Context): ConversationRow | Promise<ConversationRow> {
  return message.conversation ?? loaders.row(conversationSource, message.conversationId).then(existing);
}

function endOf(message: MessageRow, context: Context, end: 'phoneNumber' | 'contactNumber') {
  const conversation = conversationOf(message, {}, context);
  return conversation instanceof Promise ? conversation.then((found) => found[end]) : conversation[end];
}
