// What answers have, key for key, in the order of the documents.
import { z } from 'zod';
import { contactAddressRule } from '../../values/contact-address.ts';

const time = z.iso.datetime();
const direction = z.enum(['inbound', 'outbound']);
const end = z.string().meta({ description: 'The number of the organization, E.164, or the address of the contact: see `contact_number`.' });

const conversation = z
  .strictObject({
    id: z.string().meta({ description: 'Stable; usable unmodified in the next route.' }),
    phone_number_id: z.guid(),
    phone_number: z.string(),
    contact_number: z.string().meta({ description: `The address of the contact: ${contactAddressRule}.` }),
    last_message_at: time,
    last_message_direction: direction.nullable(),
    last_message_preview: z.string().meta({
      description:
        'The first 160 characters of the last message; empty if it has media and no text; `[redacted]` if it is redacted or deleted.',
    }),
    last_message_body_redacted_at: time
      .nullable()
      .meta({ description: 'The time at which the last message was redacted or deleted; null if it was not.' }),
    message_count: z.int(),
    consent: z.strictObject({ opted_in: z.boolean(), opted_in_at: time.nullable() }).nullable(),
  })
  .meta({ id: 'Conversation' });

const message = z
  .strictObject({
    id: z.guid(),
    direction,
    phone_number_id: z.guid(),
    from_number: end,
    to_number: end,
    body: z.string().nullable().meta({ description: 'Empty if the message has media and no text; null if it is redacted or deleted.' }),
    media_urls: z.array(z.string()).meta({ description: 'Empty if the message is redacted or deleted.' }),
    channel: z.enum(['sms', 'mms', 'imessage', 'rcs', 'whatsapp', 'chat']),
    segment_count: z.int(),
    status: z
      .enum(['queued', 'sending', 'sent', 'delivered', 'failed', 'undelivered'])
      .optional()
      .meta({ description: 'On outbound messages only.' }),
    created_at: time,
    redacted_at: time.nullable().meta({ description: 'The time at which the message was redacted or deleted; null if it was not.' }),
  })
  .meta({ id: 'Message' });

const meta = z
  .strictObject({
    total: z.int().meta({ description: 'How many match, whatever the page; of a filtered list at most 10,000.' }),
    limit: z.int(),
    offset: z.literal(0),
    next_cursor: z.string().nullable().meta({ description: 'Null on the last page.' }),
  })
  .meta({ id: 'Meta' });

export const conversationPage = z.strictObject({ success: z.literal(true), data: z.array(conversation), meta });

export const messagePage = z.strictObject({ success: z.literal(true), data: z.array(message), meta });

export const failure = z
  .strictObject({
    success: z.literal(false),
    error: z.strictObject({
      code: z.enum([
        'INVALID_INPUT',
        'UNAUTHORIZED',
        'FORBIDDEN',
        'NOT_FOUND',
        'METHOD_NOT_ALLOWED',
        'VALIDATION_FAILED',
        'RATE_LIMITED',
        'INTERNAL',
        'UNAVAILABLE',
      ]),
      message: z.string(),
      request_id: z.string().meta({ description: 'A ULID, also sent as `X-Request-Id`.' }),
      details: z
        .record(z.string(), z.string())
        .optional()
        .meta({ description: 'Parameter → what it must be; where the request breaks the rules of its parameters only.' }),
    }),
  })
  .meta({ id: 'Failure' });
