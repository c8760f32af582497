import { ConversationType } from '../../../generated/prisma/enums.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { maxAttachments, maxMedia } from '../store/rows.ts';
import { ChannelEnum, DirectionEnum, KindEnum, StatusEnum } from './enums.ts';
import { AuthorInput, ReactionInput } from './reaction-input.ts';

const ChatType = builder.enumType('WorkplaceChatType', {
  description: 'The type of a workplace chat.',
  values: {
    [ConversationType.DIRECT]: { description: 'A chat of two people.' },
    [ConversationType.GROUP]: { description: 'A chat of a group.' },
  },
});

const ChatInput = builder.inputType('WorkplaceChatInput', {
  description: 'A workplace chat. It is created with its first message.',
  fields: (t) => ({
    externalId: t.string({ required: true, description: 'The id of the chat in the client’s system: 1 to 200 characters.' }),
    type: t.field({ type: ChatType, required: true, description: 'The type of the chat, which never changes.' }),
    title: t.string({ description: 'The title: 1 to 1,000 characters, not only spaces. Null: unchanged.' }),
  }),
});

const AttachmentInput = builder.inputType('AttachmentInput', {
  description: 'A file of a message.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'The name of the file: 1 to 1,000 characters.' }),
    mime: t.string({ required: true, description: 'The media type, such as `image/png`: at most 200 characters.' }),
    size: t.field({ type: 'SafeInt', required: true, description: 'The size in bytes.' }),
    url: t.field({ type: 'URL', required: true, description: 'The URL of the file: at most 4,096 characters.' }),
    width: t.int({ description: 'The width of a picture in pixels. Null: unknown.' }),
    height: t.int({ description: 'The height of a picture in pixels. Null: unknown.' }),
    duration: t.float({
      description: 'The duration of audio or video in seconds. Null: unknown. An audio file with a duration is a voice message.',
    }),
  }),
});

const AgentInput = builder.inputType('RecordAgentInput', {
  description: 'The agent that answers a conversation. It is created if the organization does not have it.',
  fields: (t) => ({
    externalId: t.string({ required: true, description: 'The id of the agent in the client’s system: 1 to 200 characters.' }),
    name: t.string({ required: true, description: 'The name of the agent: 1 to 200 characters, not only spaces.' }),
  }),
});

const ConsentInput = builder.inputType('RecordMessageConsentInput', {
  description: 'The consent of a contact to receive messages from the organization’s phone number.',
  fields: (t) => ({
    optedIn: t.boolean({ required: true, description: 'True if the contact agrees; false if they refuse.' }),
    at: t.field({ type: 'DateTime', required: true, description: 'The time of the answer, at most one day after now.' }),
  }),
});

export const RecordMessageInput = builder.inputType('RecordMessageInput', {
  description:
    'A message to be recorded. A message of a phone conversation has `phoneNumber` and `contactNumber`, a message of a workplace chat has `conversation`.',
  fields: (t) => ({
    externalId: t.string({
      required: true,
      description: 'The id of the message in the client’s system, unique in its conversation: 1 to 200 characters.',
    }),
    createdAt: t.field({
      type: 'DateTime',
      required: true,
      description: 'The time at which the message was sent. No time of a message may be more than one day after now.',
    }),
    direction: t.field({ type: DirectionEnum, required: true, description: 'The direction of the message.' }),
    body: t.string({ description: 'The text: at most 10,000 characters. Null: no text.' }),
    phoneNumber: t.field({
      type: 'PhoneNumberString',
      description: 'The organization’s phone number, always in E.164 format. It is created with its first message.',
    }),
    contactNumber: t.field({ type: 'PhoneNumberString', description: 'The address of the contact.' }),
    conversation: t.field({ type: ChatInput, description: 'The workplace chat, in place of `phoneNumber` and `contactNumber`.' }),
    channel: t.field({
      type: ChannelEnum,
      description: 'The channel. Null: CHAT in a workplace chat; otherwise MMS with media or attachments, SMS without.',
    }),
    kind: t.field({ type: KindEnum, description: 'The kind. Null: NORMAL.' }),
    status: t.field({
      type: StatusEnum,
      description: 'The status of an outbound message. Null: DELIVERED. An inbound message has no status.',
    }),
    segmentCount: t.int({ description: 'The number of SMS segments. Null: computed from the text.' }),
    mediaUrls: t.field({
      type: ['URL'],
      description: `The https URLs of the media: at most ${maxMedia}, each of at most 4,096 characters. Null: none.`,
    }),
    attachments: t.field({
      type: [AttachmentInput],
      description: `The attached files in their order: at most ${maxAttachments}. Null: none.`,
    }),
    author: t.field({
      type: AuthorInput,
      description: 'The person who wrote the message. Null: the contact (inbound), or the agent or the organization (outbound).',
    }),
    replyTo: t.string({
      description:
        'The external id of the message that this message replies to, in the same conversation. That message may be recorded later. Null: none.',
    }),
    reactions: t.field({
      type: [ReactionInput],
      description: 'Reactions to the message. Reactions that are already stored remain. Null: none.',
    }),
    editedAt: t.field({ type: 'DateTime', description: 'The time of the latest edit. Null: never edited.' }),
    deletedAt: t.field({ type: 'DateTime', description: 'The time at which the message was deleted. Null: not deleted.' }),
    redactedAt: t.field({
      type: 'DateTime',
      description:
        'The time at which the message was redacted. A redacted message must have no body, media or attachments. Null: not redacted.',
    }),
    agent: t.field({ type: AgentInput, description: 'The agent that answers the conversation. Null: unchanged.' }),
    consent: t.field({ type: ConsentInput, description: 'The contact’s consent at the time of this message. Null: unchanged.' }),
    metadata: t.field({
      type: 'JSONObject',
      description: 'The metadata of the conversation, as in `updateConversation`. Null: unchanged.',
    }),
  }),
});
