import { builder } from '../../../graphql/schema/builder.ts';
import { maxAttachments, maxMedia } from '../store/rows.ts';
import { ChannelEnum, DirectionEnum, KindEnum, StatusEnum } from './enums.ts';
import { AuthorInput, ReactionInput } from './reaction-input.ts';

const ChatType = builder.enumType('WorkplaceChatType', {
  description: 'The type of a workplace chat.',
  values: { DIRECT: { description: 'A chat of two people.' }, GROUP: { description: 'A chat of a group.' } },
});

const ChatInput = builder.inputType('WorkplaceChatInput', {
  description: 'A workplace chat, which is created with its first message.',
  fields: (t) => ({
    externalId: t.string({
      required: true,
      description: 'The id of the chat in the system that its messages come from: 1 to 200 characters.',
    }),
    type: t.field({ type: ChatType, required: true, description: 'The type of the chat. It never changes.' }),
    title: t.string({ description: 'The title: up to 1,000 characters. Null: unchanged.' }),
  }),
});

const AttachmentInput = builder.inputType('AttachmentInput', {
  description: 'A file attached to a message.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'The name of the file: 1 to 1,000 characters.' }),
    mime: t.string({ required: true, description: 'The media type, such as `image/png`: up to 200 characters.' }),
    size: t.field({ type: 'SafeInt', required: true, description: 'The size in bytes.' }),
    url: t.field({ type: 'URL', required: true, description: 'The URL of the file: up to 4,096 characters.' }),
    width: t.int({ description: 'The width of a picture in pixels. Null: unknown.' }),
    height: t.int({ description: 'The height of a picture in pixels. Null: unknown.' }),
    duration: t.float({
      description: 'The duration of audio or video in seconds. An audio file with a duration is a voice message. Null: unknown.',
    }),
  }),
});

const AgentInput = builder.inputType('RecordAgentInput', {
  description: 'The agent assigned to a conversation, which is created if it is new.',
  fields: (t) => ({
    externalId: t.string({ required: true, description: 'The id of the agent in the client’s system: 1 to 200 characters.' }),
    name: t.string({ required: true, description: 'The display name: 1 to 200 characters.' }),
  }),
});

const ConsentInput = builder.inputType('RecordMessageConsentInput', {
  description: 'The answer of a contact whether they agree to receive messages from the phone number.',
  fields: (t) => ({
    optedIn: t.boolean({ required: true, description: 'True if the contact agrees; false if they refuse.' }),
    at: t.field({ type: 'DateTime', required: true, description: 'The time of the answer.' }),
  }),
});

export const RecordMessageInput = builder.inputType('RecordMessageInput', {
  description:
    'A message that was sent or received elsewhere. It belongs to a phone conversation, given by `phoneNumber` and `contactNumber`, or to a workplace chat, given by `conversation`.',
  fields: (t) => ({
    externalId: t.string({
      required: true,
      description: 'The id of the message in the system that it comes from, unique in its conversation: 1 to 200 characters.',
    }),
    createdAt: t.field({
      type: 'DateTime',
      required: true,
      description: 'The time at which the message was sent. Like every time of the message, it is at most one day after now.',
    }),
    direction: t.field({ type: DirectionEnum, required: true, description: 'The direction of the message.' }),
    body: t.string({ description: 'The text of the message: up to 10,000 characters. Null: no text.' }),
    phoneNumber: t.field({
      type: 'PhoneNumberString',
      description: 'The organization’s phone number in E.164 format. It is created with its first message.',
    }),
    contactNumber: t.field({ type: 'PhoneNumberString', description: 'The address of the contact.' }),
    conversation: t.field({ type: ChatInput, description: 'The workplace chat, in place of the two numbers.' }),
    channel: t.field({
      type: ChannelEnum,
      description: 'The channel the message was sent over. Null: CHAT in a workplace chat; otherwise MMS with media and SMS without.',
    }),
    kind: t.field({ type: KindEnum, description: 'The kind of the message. Null: NORMAL.' }),
    status: t.field({ type: StatusEnum, description: 'The delivery status, of an outbound message only. Null: DELIVERED.' }),
    segmentCount: t.int({ description: 'The number of SMS segments, 1 or more. Null: computed from the text.' }),
    mediaUrls: t.field({ type: ['URL'], description: `The URLs of the media: at most ${maxMedia}, each up to 4,096 characters.` }),
    attachments: t.field({ type: [AttachmentInput], description: `The attached files in their order: at most ${maxAttachments}.` }),
    author: t.field({
      type: AuthorInput,
      description: 'The person who wrote the message. Null: the contact (inbound), or the agent or the organization (outbound).',
    }),
    replyTo: t.string({
      description:
        'The external id of the message that this one replies to, in the same conversation. That message may be recorded later. Null: none.',
    }),
    reactions: t.field({
      type: [ReactionInput],
      description: 'The reactions to the message. Reactions that are already stored remain.',
    }),
    editedAt: t.field({ type: 'DateTime', description: 'The time of the latest edit. Null: never edited.' }),
    deletedAt: t.field({ type: 'DateTime', description: 'The time at which the message was deleted. Null: not deleted.' }),
    redactedAt: t.field({
      type: 'DateTime',
      description: 'The time at which the message was redacted. A redacted message has no body, media or attachments. Null: not redacted.',
    }),
    agent: t.field({ type: AgentInput, description: 'The agent assigned to the conversation. Null: unchanged.' }),
    consent: t.field({ type: ConsentInput, description: 'An answer of the contact that is known with this message. Null: none.' }),
    metadata: t.field({
      type: 'JSONObject',
      description: 'The metadata of the conversation, as in `UpdateConversationInput.metadata`. Null: unchanged.',
    }),
  }),
});
