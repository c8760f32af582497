// What answers have, key for key, in the order of the documents.
import { z } from 'zod';
import { contactAddressRule } from '../../values/contact-address.ts';

export const time = z.iso.datetime();
const receivedAt = z.iso.datetime().meta({
  description:
    'An instant in milliseconds. The digits behind them, three or more, tell messages of one phone number and millisecond apart; they never change, and text order is the order of the list.',
});
const direction = z.enum(['inbound', 'outbound']);
const channel = z.enum(['sms', 'mms', 'imessage', 'rcs', 'whatsapp', 'chat']);
const end = z.string().meta({ description: 'The number of the organization, E.164, or the address of the contact: see `participant`.' });
/** Only on a message whose content is gone. */
const redactedAt = time.optional().meta({ description: 'Only once its content is gone: when that was.' });

const parties = {
  id: z.string(),
  agentId: z.string().nullable(),
  phoneNumberId: z.string(),
  phoneNumber: z.string(),
  participant: z.string().meta({ description: `The address of the contact: ${contactAddressRule}.` }),
};

/** Conversations here are between two: what would tell a group is always the same. */
const noGroup = {
  isGroup: z.literal(false),
  groupId: z.null(),
  groupName: z.null(),
  groupIconUrl: z.null(),
  participants: z.null(),
};

const metadata = z
  .custom<Record<string, unknown>>((value) => typeof value === 'object' && value !== null)
  .meta({ type: 'object' })
  .nullable();

const message = z
  .strictObject({
    id: z.string(),
    body: z.string(),
    fromNumber: end,
    toNumber: end,
    direction,
    senderIdentifier: z.string().nullable(),
    channel,
    mediaUrl: z.string().nullable(),
    mediaUrls: z.array(z.string()),
    receivedAt,
    reactions: z.array(z.strictObject({ id: z.string(), reactionType: z.string(), fromNumber: end, direction, createdAt: time })),
    replyTo: z.strictObject({ messageId: z.string(), message: z.string(), mediaUrls: z.array(z.string()) }).nullable(),
    redactedAt,
  })
  .meta({ id: 'Message' });

const activity = { lastMessageAt: time, lastMessagePreview: z.string(), messageCount: z.int() };

export const conversationList = listOf(z.strictObject({ ...parties, ...noGroup, ...activity, metadata, createdAt: time }), {
  total: z.int(),
});

export const agentConversationList = listOf(z.strictObject({ ...parties, ...activity, createdAt: time }), { total: z.int() });

export const detail = z
  .strictObject({
    ...parties,
    ...noGroup,
    lastMessageAt: time,
    messageCount: z.int(),
    metadata,
    createdAt: time,
    messages: z.array(message),
  })
  .meta({ id: 'Conversation' });

export const messageList = listOf(message, {});

export const numberMessageList = listOf(
  z.strictObject({
    id: z.string(),
    from_: end,
    from: end,
    to: end,
    body: z.string(),
    direction,
    channel,
    receivedAt,
    redactedAt,
  }),
  {},
);

export const typing = z.strictObject({ conversationId: z.string(), channel, status: z.literal('typing indicator sent') });

export const background = z.strictObject({
  conversationId: z.string(),
  channel,
  hasBackground: z.boolean(),
  backgroundId: z.string().nullable(),
  backgroundVersion: z.int().nullable(),
  changed: z.boolean(),
});

const error = { message: z.string(), code: z.string(), type: z.string() };
const problem = z.strictObject({ field: z.string(), message: z.string(), type: z.literal('value_error') });
const located = z.strictObject({ loc: z.array(z.string()), msg: z.string(), type: z.literal('value_error') });

export const failure = z
  .union([
    z.strictObject({ detail: z.string(), error: z.strictObject(error) }),
    z.strictObject({ detail: z.array(located), error: z.strictObject({ ...error, details: z.array(problem) }) }),
  ])
  .meta({
    id: 'Failure',
    description: 'Of malformed input `detail` and `error.details` name each parameter; else `detail` is the message.',
  });

export function listOf<Item extends z.ZodType, Rest extends z.ZodRawShape>(item: Item, rest: Rest) {
  return z.strictObject({ data: z.array(item), hasMore: z.boolean(), ...rest });
}
