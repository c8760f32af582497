import { z } from 'zod';
import { type ConversationType, ListConversationsDocument, type ListConversationsQuery } from '../../generated/graphql/graphql.ts';
import { contactAddressRule } from '../../values/contact-address.ts';
import { orderings } from '../../values/cursor.ts';
import { convert } from '../kit/mapping/combine.ts';
import type { Parameter } from '../kit/mapping/expression.ts';
import { contactAddress, globalId, readContactAddress } from '../kit/mapping/functions.ts';
import { contentRemovedAt, lower, notNull, uuidIn } from '../kit/present.ts';
import { cursorProblem, flag, instant, isCursor, uuid } from '../kit/request/parameters.ts';
import { route } from '../kit/route.ts';
import { conversationPageExample } from './examples.ts';
import { contactNumber, direction, limit, pageOf, presentPage, time } from './page.ts';

const conversation = z
  .strictObject({
    id: z.string().meta({ description: 'Stable; usable unmodified in the next route.' }),
    phone_number_id: z.guid(),
    phone_number: z.string(),
    contact_number: contactNumber,
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

const query = z.object({
  cursor: z
    .string()
    .refine((cursor) => isCursor({ mark: orderings.conversationLastMessageAt, descending: true }, cursor), cursorProblem)
    .optional()
    .meta({
      description: 'The `meta.next_cursor` of the previous page: the list continues there.',
      examples: ['BQABndP15ehaGyw9Tl9niavN7wEjRWeJ'],
    }),
  limit,
  phone_number_id: uuid()
    .optional()
    .meta({ description: 'Only conversations on this number of yours.', examples: ['7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e'] }),
  contact_number: z
    .string()
    .optional()
    .meta({
      description: `Only conversations with this contact: ${contactAddressRule}. Upper and lower case differ. Any other text matches no conversation.`,
      examples: ['+15554443333', 'VERIFY'],
    }),
  since: instant()
    .optional()
    .meta({ description: 'Only conversations whose last message was sent at this time or later.', examples: ['2026-04-01T00:00:00Z'] }),
  opted_in: flag()
    .optional()
    .meta({
      description:
        'Only conversations whose contact agreed to receive messages (true), or refused (false). A contact with neither matches neither.',
      examples: [true],
    }),
});

/** This contract has no workplace chats. An empty list of types matches nothing, as a contact that is no address does. */
function typesWith(contact: Parameter<string | undefined>) {
  const phone: ConversationType[] = ['PHONE'];
  const types = (given: string) => (readContactAddress(given) === undefined ? [] : phone);
  return convert(contact, types, (text) => `contactAddress(${text}) ? ["PHONE"] : []`, phone);
}

export const conversationPage = pageOf(conversation);

export const listConversations = route({
  method: 'GET',
  path: '/v1/conversations',
  summary: 'List conversations',
  description:
    'Newest first. A conversation groups the messages exchanged with one contact on one of your numbers. Once the most recent message is redacted or deleted, its preview is `[redacted]`; the conversation stays in the list.',
  document: ListConversationsDocument,
  params: z.object({}),
  query,
  variables: ({ query }) => ({
    first: query.limit,
    after: query.cursor,
    filter: {
      types: typesWith(query.contact_number),
      phoneNumberId: globalId('PhoneNumber', query.phone_number_id),
      contactNumber: contactAddress(query.contact_number),
      since: query.since,
      optedIn: query.opted_in,
    },
  }),
  response: conversationPage,
  example: conversationPageExample,
  present: ({ conversations }, { query }) => presentPage(conversations, query.limit, presentConversation),
});

type Conversation = NonNullable<ListConversationsQuery['conversations']>['nodes'][number];

function presentConversation({ id, phoneNumber, lastMessage, consent, ...conversation }: Conversation): Presented {
  const removedAt = lastMessage && contentRemovedAt(lastMessage);
  return {
    id,
    phone_number_id: uuidIn(notNull(phoneNumber).id),
    phone_number: notNull(phoneNumber).e164,
    contact_number: notNull(conversation.contactNumber),
    last_message_at: conversation.lastMessageAt,
    last_message_direction: lastMessage && lower(lastMessage.direction),
    // A message with media and no text has an empty preview.
    last_message_preview: removedAt === null ? (conversation.lastMessagePreview ?? '') : '[redacted]',
    last_message_body_redacted_at: removedAt,
    message_count: conversation.messageCount,
    consent: consent && { opted_in: consent.optedIn, opted_in_at: consent.optedInAt },
  };
}

type Presented = z.input<typeof conversation>;
