import { builder } from '../../../graphql/schema/builder.ts';
import { maxAttachments, maxMedia } from '../store/rows.ts';
import { ChannelEnum, DirectionEnum, KindEnum, StatusEnum } from './enums.ts';
import { AuthorInput, ReactionInput } from './reaction-input.ts';

const ChatType = builder.enumType('WorkplaceChatType', {
  description: 'How many people of the workplace a chat is for.',
  values: { DIRECT: { description: 'Two.' }, GROUP: { description: 'A group.' } },
});

const ChatInput = builder.inputType('WorkplaceChatInput', {
  description: 'A chat of the workplace, made with its first message.',
  fields: (t) => ({
    externalId: t.string({ required: true, description: 'What it is known by outside: 1 to 200 characters.' }),
    type: t.field({ type: ChatType, required: true, description: 'It never changes.' }),
    title: t.string({ description: 'Up to 1,000 characters; null: as it is.' }),
  }),
});

const AttachmentInput = builder.inputType('AttachmentInput', {
  description: 'A file that came with a message.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'The file’s name: 1 to 1,000 characters.' }),
    mime: t.string({ required: true, description: 'Its media type, as `image/png`: up to 200 characters.' }),
    size: t.field({ type: 'SafeInt', required: true, description: 'Bytes.' }),
    url: t.field({ type: 'URL', required: true, description: 'Where it lies: up to 4,096 characters.' }),
    width: t.int({ description: 'Pixels of a picture.' }),
    height: t.int({ description: 'Pixels of a picture.' }),
    duration: t.float({ description: 'Seconds; with it an audio file is a voice message.' }),
  }),
});

const AgentInput = builder.inputType('RecordAgentInput', {
  description: 'The agent that answers a conversation, made where it is not known yet.',
  fields: (t) => ({
    externalId: t.string({ required: true, description: 'What it is known by outside: 1 to 200 characters.' }),
    name: t.string({ required: true, description: 'What it is called: 1 to 200 characters.' }),
  }),
});

const ConsentInput = builder.inputType('RecordMessageConsentInput', {
  description: 'Whether the contact agreed to hear from the number.',
  fields: (t) => ({
    optedIn: t.boolean({ required: true, description: 'The answer.' }),
    at: t.field({ type: 'DateTime', required: true, description: 'When it was given.' }),
  }),
});

export const RecordMessageInput = builder.inputType('RecordMessageInput', {
  description:
    'A message as it is known elsewhere: of a phone conversation, with `phoneNumber` and `contactNumber`, or of a workplace chat, with `conversation`.',
  fields: (t) => ({
    externalId: t.string({ required: true, description: 'What it is known by outside, within its conversation: 1 to 200 characters.' }),
    createdAt: t.field({
      type: 'DateTime',
      required: true,
      description: 'When it was sent: at most one day after now, as every instant of the message.',
    }),
    direction: t.field({ type: DirectionEnum, required: true, description: 'Which way it went.' }),
    body: t.string({ description: 'The text, up to 10,000 characters; null: none.' }),
    phoneNumber: t.field({
      type: 'PhoneNumberString',
      description: 'The organization’s number, always E.164; created with its first message.',
    }),
    contactNumber: t.field({ type: 'PhoneNumberString', description: 'The contact’s address.' }),
    conversation: t.field({ type: ChatInput, description: 'The workplace chat, instead of the two numbers.' }),
    channel: t.field({ type: ChannelEnum, description: 'Null: SMS, or MMS with media, or CHAT in a workplace chat.' }),
    kind: t.field({ type: KindEnum, description: 'Null: NORMAL.' }),
    status: t.field({ type: StatusEnum, description: 'Of an outbound message only; null: DELIVERED.' }),
    segmentCount: t.int({ description: 'How many SMS segments it took; null: counted from the text.' }),
    mediaUrls: t.field({ type: ['URL'], description: `Its media: at most ${maxMedia}, each up to 4,096 characters.` }),
    attachments: t.field({ type: [AttachmentInput], description: `Its files, in their order: at most ${maxAttachments}.` }),
    author: t.field({
      type: AuthorInput,
      description: 'Who wrote it; null: the contact (inbound), the agent or the organization (outbound).',
    }),
    replyTo: t.string({
      description: 'The external id of the message that it answers, in the same conversation, recorded before or later.',
    }),
    reactions: t.field({
      type: [ReactionInput],
      description: 'How others reacted; those that are there already stay.',
    }),
    editedAt: t.field({ type: 'DateTime', description: 'When it was last edited.' }),
    deletedAt: t.field({ type: 'DateTime', description: 'When it was deleted.' }),
    redactedAt: t.field({ type: 'DateTime', description: 'When its content went: then it comes without body, media and attachments.' }),
    agent: t.field({ type: AgentInput, description: 'Who answers the conversation; null: as it is.' }),
    consent: t.field({ type: ConsentInput, description: 'The contact’s answer as known with this message; null: nothing new.' }),
    metadata: t.field({ type: 'JSONObject', description: 'Of the conversation, as in `updateConversation`; null: as it is.' }),
  }),
});
