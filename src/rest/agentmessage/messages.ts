import { z } from 'zod';
import { ListMessagesDocument, type ListMessagesQuery } from '../../generated/graphql/graphql.ts';
import { orderings } from '../../values/cursor.ts';
import { decodeId } from '../../values/ids.ts';
import { choose } from '../kit/mapping/combine.ts';
import { contentRemovedAt, lower, notNull, uuidIn } from '../kit/present.ts';
import { cursorProblem, isCursor } from '../kit/request/parameters.ts';
import { route } from '../kit/route.ts';
import { messagePageExample } from './examples.ts';
import { direction, limit, pageOf, party, presentPage, time } from './page.ts';

const message = z
  .strictObject({
    id: z.guid(),
    direction,
    phone_number_id: z.guid(),
    from_number: party,
    to_number: party,
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

const query = z
  .object({
    cursor: z
      .string()
      .optional()
      .meta({
        description: 'The `meta.next_cursor` of the previous page, with the same `order`: the list continues there.',
        examples: ['AgABndP15ehaGyw9Tl9niavN7wEjRWeJ'],
      }),
    limit,
    order: z
      .enum(['asc', 'desc'], 'must be asc or desc')
      .default('asc')
      .meta({ description: '`asc`: oldest first. `desc`: newest first.', examples: ['asc'] }),
  })
  .refine(
    ({ cursor, order }) => cursor === undefined || isCursor({ mark: orderings.messageCreatedAt, descending: order === 'desc' }, cursor),
    {
      path: ['cursor'],
      error: cursorProblem,
      // Checked beside other bad parameters too, but not beside a bad order: the cursor depends on the order.
      when: ({ issues }) => !issues.some(({ path }) => path?.[0] === 'order'),
    },
  );

export const messagePage = pageOf(message);

export const listMessages = route({
  method: 'GET',
  path: '/v1/conversations/{id}/messages',
  summary: 'List messages in a conversation',
  description:
    'Chronological. A redacted or deleted message has a null `body`, no `media_urls`, and the time of the redaction in `redacted_at`.',
  document: ListMessagesDocument,
  params: z.object({
    id: z
      .string()
      .refine((id) => decodeId(id)?.type === 'Conversation', 'must be the id of a conversation')
      .meta({ description: 'The `id` of a conversation, as the list of conversations returns it.', examples: ['BlobLD1OX2eJq83vASNFZ4k'] }),
  }),
  query,
  variables: ({ params, query }) => ({
    id: params.id,
    first: query.limit,
    after: query.cursor,
    direction: choose(query.order, { asc: 'ASC', desc: 'DESC' }),
  }),
  response: messagePage,
  example: messagePageExample,
  present: ({ conversation }, { query }) => {
    // A workplace chat does not exist in this contract.
    if (conversation?.type !== 'PHONE') return null;
    const phoneNumberId = uuidIn(notNull(conversation.phoneNumber).id);
    return presentPage(conversation.messages, query.limit, (each) => presentMessage(each, phoneNumberId));
  },
});

type Conversation = NonNullable<ListMessagesQuery['conversation']>;
type Message = NonNullable<Conversation['messages']>['nodes'][number];

function presentMessage(given: Message, phoneNumberId: string): z.input<typeof message> {
  const removedAt = contentRemovedAt(given);
  return {
    id: uuidIn(given.id),
    direction: lower(given.direction),
    phone_number_id: phoneNumberId,
    from_number: notNull(given.from),
    to_number: notNull(given.to),
    // Null means redacted or deleted, and nothing else: a message with media and no text has an empty body.
    body: removedAt === null ? (given.body ?? '') : null,
    media_urls: given.mediaUrls,
    channel: lower(given.channel),
    segment_count: given.segmentCount,
    ...(given.direction === 'OUTBOUND' && { status: lower(notNull(given.status)) }),
    created_at: given.createdAt,
    redacted_at: removedAt,
  };
}
