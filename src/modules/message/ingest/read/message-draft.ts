import { z } from 'zod';
import { Channel, ConversationType, MessageDirection, MessageKind, MessageStatus } from '../../../../generated/prisma/enums.ts';
import { metadata } from '../../../../values/metadata.ts';
import { maxName, maxTitle } from '../../../../values/name.ts';
import { addProblems } from '../../../../values/problem.ts';
import { maxAttachments, maxMedia } from '../../store/rows.ts';
import { contradictions } from './contradictions.ts';
import { contactAddress, externalId, httpsUrl, integer, must, name, optional, phoneNumber, seconds, text } from './fields.ts';
import { list } from './list.ts';
import { anObject, inputReaction, lineReaction, person } from './reaction-draft.ts';
import { segmentCount } from './segment-count.ts';
import { inputForms, lineForms, type ValueForms } from './value-forms.ts';

const { DIRECT, GROUP } = ConversationType;

/** The most characters of a body. */
export const maxBody = 10_000;

const attachment = z.strictObject(
  {
    name: text(1, 1_000),
    mime: z
      .string(must('be a media type'))
      .max(200, 'must have at most 200 characters')
      .regex(/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(\s*;.*)?$/, 'must be a media type, like image/png'),
    size: integer(0, Number.MAX_SAFE_INTEGER),
    url: httpsUrl,
    width: optional(integer(1)),
    height: optional(integer(1)),
    duration: optional(seconds),
  },
  anObject,
);

/** The fields of a message and their rules, in one of the two forms. */
function messageFields({ instant, choice }: ValueForms, reaction: typeof lineReaction) {
  return {
    externalId,
    createdAt: instant,
    direction: choice(MessageDirection),
    body: text(0, maxBody).nullable(),
    phoneNumber: optional(phoneNumber),
    contactNumber: optional(contactAddress),
    conversation: optional(z.strictObject({ externalId, type: choice({ DIRECT, GROUP }), title: optional(name(maxTitle)) }, anObject)),
    channel: optional(choice(Channel)),
    kind: optional(choice(MessageKind)),
    status: optional(choice(MessageStatus)),
    segmentCount: optional(integer(1)),
    mediaUrls: list(httpsUrl, maxMedia),
    attachments: list(attachment, maxAttachments),
    author: optional(person),
    replyTo: optional(externalId),
    reactions: list(reaction),
    editedAt: optional(instant),
    deletedAt: optional(instant),
    redactedAt: optional(instant),
    agent: optional(z.strictObject({ externalId, name: name(maxName) }, anObject)),
    consent: optional(z.strictObject({ optedIn: z.boolean(must('be true or false')), at: instant }, anObject)),
    metadata: optional(metadata),
  };
}

export const lineFields = messageFields(lineForms, lineReaction);

/** A message whose fields are valid, each alone. */
export type MessageFields = { [Field in keyof typeof lineFields]: z.output<(typeof lineFields)[Field]> };

function messageSchema(fields: typeof lineFields) {
  return z
    .strictObject(fields, must('be a JSON object'))
    .superRefine((message, context) => addProblems(contradictions(message), context))
    .transform(withDefaults);
}

/** Fills in the defaults of a message without contradictions. */
export function withDefaults(message: MessageFields) {
  const { phoneNumber, contactNumber, conversation: chat, ...rest } = message;
  const hasMedia = message.mediaUrls.length > 0 || message.attachments.length > 0;
  return {
    ...rest,
    // Without a chat both numbers are given: see contradictions.
    conversation: chat ?? { type: ConversationType.PHONE, phoneNumber: phoneNumber ?? '', contactNumber: contactNumber ?? '' },
    channel: message.channel ?? (chat !== null ? Channel.CHAT : hasMedia ? Channel.MMS : Channel.SMS),
    kind: message.kind ?? MessageKind.NORMAL,
    status: message.direction === 'INBOUND' ? null : (message.status ?? MessageStatus.DELIVERED),
    segmentCount: message.segmentCount ?? segmentCount(message.body),
  };
}

export const lineMessage = messageSchema(lineFields);
export const inputMessage = messageSchema(messageFields(inputForms, inputReaction));

/** A message to be recorded, with its defaults: times as UTC ISO text, enum values in capitals, null for absent fields. */
export type MessageDraft = ReturnType<typeof withDefaults>;
