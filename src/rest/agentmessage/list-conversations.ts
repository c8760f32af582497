import { z } from 'zod';
import { orderings } from '../../cursor.ts';
import {
  ListConversationsDocument,
  type ListConversationsQuery,
  type ListConversationsQueryVariables,
} from '../../generated/graphql/graphql.ts';
import { contentGoneAt } from '../content-gone-at.ts';
import { cursorProblem, isCursor } from '../cursor.ts';
import { route } from '../route.ts';
import { uuidIn } from '../uuid-in.ts';
import { flag, instant, phoneNumber, uuidOf } from '../wire.ts';
import { envelope, limit, pageFields } from './page.ts';

const newestFirst = { mark: orderings.conversationLastMessageAt, descending: true };

export const listConversations = route({
  method: 'GET',
  path: '/v1/conversations',
  document: ListConversationsDocument,
  params: z.object({}),
  query: z.object({
    cursor: z
      .string()
      .refine((cursor) => isCursor(newestFirst, cursor), cursorProblem)
      .optional(),
    limit,
    phone_number_id: uuidOf('PhoneNumber').optional(),
    contact_number: phoneNumber().optional(),
    since: instant().optional(),
    opted_in: flag().optional(),
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
      // A workplace chat has neither number.
      types: ['PHONE'],
      phoneNumberId: query.phone_number_id,
      contactNumber: query.contact_number,
      since: query.since,
      optedIn: query.opted_in,
    },
  }),
  present: ({ conversations }, { query }) => envelope(conversations, query.limit, presentConversation),
});

type Conversation = ListConversationsQuery['conversations']['nodes'][number];

function presentConversation({ id, phoneNumber, lastMessage, consent, ...conversation }: Conversation) {
  const goneAt = lastMessage && contentGoneAt(lastMessage);
  return {
    id,
    phone_number_id: phoneNumber && uuidIn(phoneNumber.id),
    phone_number: phoneNumber?.number ?? null,
    contact_number: conversation.contactNumber,
    last_message_at: conversation.lastMessageAt,
    last_message_direction: lastMessage?.direction.toLowerCase() ?? null,
    last_message_preview: goneAt === null ? conversation.lastMessagePreview : '[redacted]',
    last_message_body_redacted_at: goneAt,
    message_count: conversation.messageCount,
    consent: consent && { opted_in: consent.optedIn, opted_in_at: consent.optedInAt },
  };
}
