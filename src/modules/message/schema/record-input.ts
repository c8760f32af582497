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
    title: t.string({ description: 'The title: 1 to 1,000 characters, not only spaces. Null leaves it unchanged.' }),
  }),
});

const AttachmentInput = builder.inputType('AttachmentInput', {
  description: 'A file of a message.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'The name of the file: 1 to 1,000 characters.' }),
    mime: t.string({ required: true, description: 'The media type, such as `image/png`: up to 200 characters.' }),
    size: t.field({ type: 'SafeInt', required: true, description: 'The size in bytes.' }),
    url: t.field({ type: 'URL', required: true, description: 'The address of the file: an https URL of up to 4,096 characters.' }),
    width: t.int({ description: 'The width of a picture in pixels.' }),
    height: t.int({ description: 'The height of a picture in pixels.' }),
    duration: t.float({ description: 'The duration in seconds. An audio file with a duration is a voice message.' }),
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
  description: 'The contact’s consent to messages from the organization’s number.',
  fields: (t) => ({
    optedIn: t.boolean({ required: true, description: 'True if the contact agreed.' }),
    at: t.field({ type: 'DateTime', required: true, description: 'The instant of the answer.' }),
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
      description: 'The instant at which it was sent. Every instant of a message is at most one day after now.',
    }),
    direction: t.field({ type: DirectionEnum, required: true, description: 'The direction of the message.' }),
    body: t.string({ description: 'The text, up to 10,000 characters; null if it has none.' }),
    phoneNumber: t.field({
      type: 'PhoneNumberString',
      description: 'The organization’s number, always E.164. It is created with its first message.',
    }),
    contactNumber: t.field({ type: 'PhoneNumberString', description: 'The contact’s address.' }),
    conversation: t.field({ type: ChatInput, description: 'The workplace chat, instead of the two numbers.' }),
    channel: t.field({ type: ChannelEnum, description: 'The channel. Null means SMS, MMS with media, or CHAT in a workplace chat.' }),
    kind: t.field({ type: KindEnum, description: 'The kind. Null means NORMAL.' }),
    status: t.field({
      type: StatusEnum,
      description: 'The status of an outbound message. Null means DELIVERED. An inbound message has none.',
    }),
    segmentCount: t.int({ description: 'The number of SMS segments. Null means that they are counted from the text.' }),
    mediaUrls: t.field({ type: ['URL'], description: `The https URLs of its media: at most ${maxMedia}, each up to 4,096 characters.` }),
    attachments: t.field({ type: [AttachmentInput], description: `Its files, in their order: at most ${maxAttachments}.` }),
    author: t.field({
      type: AuthorInput,
      description: 'The person who wrote it. Null means the contact (inbound), else the agent or the organization (outbound).',
    }),
    replyTo: t.string({
      description: 'The external id of the message that it answers, in the same conversation. That message may be recorded later.',
    }),
    reactions: t.field({
      type: [ReactionInput],
      description: 'Reactions to the message. Reactions that are stored already stay.',
    }),
    editedAt: t.field({ type: 'DateTime', description: 'The instant of its last edit.' }),
    deletedAt: t.field({ type: 'DateTime', description: 'The instant of its deletion.' }),
    redactedAt: t.field({
      type: 'DateTime',
      description: 'The instant of its redaction. A redacted message has no body, media and attachments.',
    }),
    agent: t.field({ type: AgentInput, description: 'The agent that answers the conversation. Null leaves it unchanged.' }),
    consent: t.field({ type: ConsentInput, description: 'The contact’s consent at the time of this message; null if it is not known.' }),
    metadata: t.field({
      type: 'JSONObject',
      description: 'The metadata of the conversation, as in `updateConversation`. Null leaves it unchanged.',
    }),
  }),
});
