import { z } from 'zod';
import {
  ListConversationsDocument,
  type ListConversationsQuery,
  type ListConversationsQueryVariables,
} from '../../generated/graphql/graphql.ts';
import { contactAddressRule } from '../../values/contact-address.ts';
import { orderings } from '../../values/cursor.ts';
import { contentGoneAt } from '../kit/content-gone-at.ts';
import { cursorProblem, isCursor } from '../kit/cursor.ts';
import { route } from '../kit/route.ts';
import { uuidIn } from '../kit/uuid-in.ts';
import { contactAddress, flag, instant, uuidOf } from '../kit/wire.ts';
import { known, lower } from '../kit/words.ts';
import { conversationPageExample } from './examples.ts';
import { envelope, limit, pageFields } from './page.ts';
import { conversationPage } from './shapes.ts';

const newestFirst = { mark: orderings.conversationLastMessageAt, descending: true };

export const listConversations = route({
  method: 'GET',
  path: '/v1/conversations',
  summary: 'List conversations',
  description:
    'Newest first. A conversation groups the messages exchanged with one contact on one of your numbers. Once the most recent message is redacted or deleted, its preview is `[redacted]`; the conversation stays in the list.',
  document: ListConversationsDocument,
  params: z.object({}),
  query: z.object({
    cursor: z
      .string()
      .refine((cursor) => isCursor(newestFirst, cursor), cursorProblem)
      .optional()
      .meta({ description: 'Where to go on: `meta.next_cursor` of the page before.', examples: ['BQABndP15ehaGyw9Tl9niavN7wEjRWeJ'] }),
    limit,
    phone_number_id: uuidOf('PhoneNumber')
      .optional()
      .meta({ description: 'On this number of yours alone.', examples: ['7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e'] }),
    contact_number: contactAddress()
      .optional()
      .meta({
        description: `Only conversations with this contact: ${contactAddressRule}. Upper and lower case differ. Any other text matches no conversation.`,
        examples: ['+15554443333', 'VERIFY'],
      }),
    since: instant()
      .optional()
      .meta({ description: 'Whose last message came at this instant or later.', examples: ['2026-04-01T00:00:00Z'] }),
    opted_in: flag()
      .optional()
      .meta({
        description: 'Whose contact agreed to be written to, or did not. One who never answered matches neither.',
        examples: [true],
      }),
  }),
  fields: {
    ...pageFields,
    'filter.phoneNumberId': 'phone_number_id',
    'filter.contactNumber': 'contact_number',
    'filter.since': 'since',
    'filter.optedIn': 'opted_in',
  },
  variables: ({ query }): ListConversationsQueryVariables => ({
    first: query.limit,
    after: query.cursor,
    filter: {
      // A workplace chat has neither number. An empty list of types matches nothing, as a contact that is no address does.
      types: query.contact_number === null ? [] : ['PHONE'],
      phoneNumberId: query.phone_number_id,
      contactNumber: query.contact_number ?? undefined,
      since: query.since,
      optedIn: query.opted_in,
    },
  }),
  recipe: {
    first: 'query.limit',
    after: 'query.cursor',
    filter: {
      types: 'query.contact_number === undefined || contactAddress(query.contact_number) ? ["PHONE"] : []',
      phoneNumberId: 'query.phone_number_id && globalId("PhoneNumber", query.phone_number_id)',
      contactNumber: 'query.contact_number === undefined ? undefined : contactAddress(query.contact_number)',
      since: 'query.since',
      optedIn: 'query.opted_in',
    },
  },
  response: conversationPage,
  example: conversationPageExample,
  present: ({ conversations }, { query }) => envelope(conversations, query.limit, presentConversation),
});

type Conversation = NonNullable<ListConversationsQuery['conversations']>['nodes'][number];

function presentConversation({
  id,
  phoneNumber,
  lastMessage,
  consent,
  ...conversation
}: Conversation): z.input<typeof conversationPage>['data'][number] {
  const goneAt = lastMessage && contentGoneAt(lastMessage);
  return {
    id,
    phone_number_id: uuidIn(known(phoneNumber).id),
    phone_number: known(phoneNumber).e164,
    contact_number: known(conversation.contactNumber),
    last_message_at: conversation.lastMessageAt,
    last_message_direction: lastMessage && lower(lastMessage.direction),
    // A message with media and no text has an empty preview.
    last_message_preview: goneAt === null ? (conversation.lastMessagePreview ?? '') : '[redacted]',
    last_message_body_redacted_at: goneAt,
    message_count: conversation.messageCount,
    consent: consent && { opted_in: consent.optedIn, opted_in_at: consent.optedInAt },
  };
}
