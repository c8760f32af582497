import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { existing } from '../../graphql/existing.ts';
import { Conversation } from '../conversation/ref.ts';
import { type ConversationRow, conversationSource } from '../conversation/rows.ts';
import { Participant } from '../participant/ref.ts';
import { type ParticipantRow, participantSource } from '../participant/rows.ts';
import { ChannelEnum, DirectionEnum, KindEnum, StatusEnum } from './enums.ts';
import { Attachment, Message, Reaction } from './ref.ts';
import { type AttachmentRow, attachmentsOfMessage, type MessageRow, messageSource, type ReactionRow, reactionsOfMessage } from './rows.ts';

builder.node(Message, {
  description:
    'One message. Its content (body, media, attachments) is gone for good once it is past the retention window, redacted or deleted.',
  authScopes: { scope: 'conversations:read' },
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row<MessageRow>(messageSource, id),
  fields: (t) => ({
    number: t.expose('number', { type: 'SafeInt', description: 'The integer id, unique in the organization.' }),
    conversation: t.field({ type: Conversation, description: 'The thread it belongs to.', resolve: conversationOf }),
    kind: t.expose('kind', { type: KindEnum, description: 'What it is.' }),
    direction: t.expose('direction', { type: DirectionEnum, description: 'Which way it went.' }),
    from: t.field({
      type: 'PhoneNumberString',
      nullable: true,
      description: 'The number that sent it; null in a workplace chat.',
      resolve: (message, _args, context) => endOf(message, context, message.direction === 'INBOUND' ? 'contactNumber' : 'phoneNumber'),
    }),
    to: t.field({
      type: 'PhoneNumberString',
      nullable: true,
      description: 'The number that it went to; null in a workplace chat.',
      resolve: (message, _args, context) => endOf(message, context, message.direction === 'INBOUND' ? 'phoneNumber' : 'contactNumber'),
    }),
    author: t.field({
      type: Participant,
      description: 'Who wrote it: the person, else the contact (inbound), the agent or the organization (outbound).',
      resolve: async ({ authorId }, _args, { loaders }) => existing(await loaders.row<ParticipantRow>(participantSource, authorId)),
    }),
    channel: t.expose('channel', { type: ChannelEnum, description: 'What it travelled by.' }),
    body: t.exposeString('body', { nullable: true, description: 'The text; null once its content is gone, or where it has media only.' }),
    mediaUrls: t.expose('mediaUrls', { type: ['URL'], description: 'Its media; empty once its content is gone.' }),
    attachments: t.field({
      type: [Attachment],
      description: 'Its files, in their order; empty once its content is gone.',
      resolve: ({ id }, _args, { loaders }) => loaders.rows<AttachmentRow>(attachmentsOfMessage, id),
    }),
    segmentCount: t.exposeInt('segmentCount', { description: 'How many SMS segments it took; at least 1.' }),
    status: t.expose('status', { type: StatusEnum, nullable: true, description: 'How far it got; null on an inbound message.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was sent.' }),
    editedAt: t.expose('editedAt', { type: 'DateTime', nullable: true, description: 'When it was last edited; null where it never was.' }),
    deletedAt: t.expose('deletedAt', { type: 'DateTime', nullable: true, description: 'When it was deleted; null where it was not.' }),
    redactedAt: t.expose('redactedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When its content went, by erasure or because the retention window had passed; it never moves. Null while it was not redacted.',
    }),
    isRedacted: t.boolean({
      description: 'Whether its content went by erasure or retention: whether `redactedAt` is there.',
      resolve: ({ redactedAt }) => redactedAt !== null,
    }),
    replyTo: t.field({
      type: Message,
      nullable: true,
      description: 'The message that it answers, redacted like any other; null where it answers none.',
      resolve: ({ replyToId }, _args, { loaders }) => (replyToId === null ? null : loaders.row<MessageRow>(messageSource, replyToId)),
    }),
    reactions: t.field({
      type: [Reaction],
      description: 'How others reacted, oldest first; empty once it is deleted.',
      resolve: ({ id }, _args, { loaders }) => loaders.rows<ReactionRow>(reactionsOfMessage, id),
    }),
  }),
});

Attachment.implement({
  description: 'A file that came with a message.',
  fields: (t) => ({
    number: t.expose('number', { type: 'SafeInt', description: 'The integer id, unique in the organization.' }),
    name: t.exposeString('name', { description: 'The file’s name.' }),
    mime: t.exposeString('mime', { description: 'Its media type, as `image/png`.' }),
    size: t.expose('size', { type: 'SafeInt', description: 'Bytes.' }),
    url: t.expose('url', { type: 'URL', description: 'Where it lies.' }),
    width: t.exposeInt('width', { nullable: true, description: 'Pixels; null where it is no picture.' }),
    height: t.exposeInt('height', { nullable: true, description: 'Pixels; null where it is no picture.' }),
    duration: t.exposeFloat('duration', {
      nullable: true,
      description: 'Seconds; an audio file with one is a voice message. Null where it does not play.',
    }),
  }),
});

Reaction.implement({
  description: 'How somebody reacted to a message.',
  fields: (t) => ({
    number: t.expose('number', { type: 'SafeInt', description: 'The integer id, unique in the organization.' }),
    type: t.exposeString('type', { description: 'What it is: an emoji or a word such as `love`.' }),
    author: t.field({
      type: Participant,
      description: 'Who reacted.',
      resolve: async ({ authorId }, _args, { loaders }) => existing(await loaders.row<ParticipantRow>(participantSource, authorId)),
    }),
    fromNumber: t.expose('fromNumber', {
      type: 'PhoneNumberString',
      nullable: true,
      description: 'The number that reacted; null where none is known.',
    }),
    direction: t.expose('direction', { type: DirectionEnum, description: 'Which way the reaction went.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When.' }),
  }),
});

/** At hand where the conversation listed the message, else looked up, once for all messages of the level. */
function conversationOf(message: MessageRow, _args: object, { loaders }: Context): ConversationRow | Promise<ConversationRow> {
  return message.conversation ?? loaders.row<ConversationRow>(conversationSource, message.conversationId).then(existing);
}

function endOf(message: MessageRow, context: Context, end: 'phoneNumber' | 'contactNumber') {
  const conversation = conversationOf(message, {}, context);
  return conversation instanceof Promise ? conversation.then((found) => found[end]) : conversation[end];
}
