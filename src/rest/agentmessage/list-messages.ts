import { z } from 'zod';
import { ListMessagesDocument, type ListMessagesQuery, type ListMessagesQueryVariables } from '../../generated/graphql/graphql.ts';
import { orderings } from '../../values/cursor.ts';
import { decodeId } from '../../values/ids.ts';
import { contentGoneAt } from '../kit/content-gone-at.ts';
import { cursorProblem, isCursor } from '../kit/cursor.ts';
import { route } from '../kit/route.ts';
import { uuidIn } from '../kit/uuid-in.ts';
import { known, lower } from '../kit/words.ts';
import { messagePageExample } from './examples.ts';
import { envelope, limit, pageFields } from './page.ts';
import { messagePage } from './shapes.ts';

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
      .refine((id) => decodeId(id)?.type === 'Conversation', 'must be an id as the list gives it')
      .meta({ description: 'As the list of conversations gives it.', examples: ['BlobLD1OX2eJq83vASNFZ4k'] }),
  }),
  query: z
    .object({
      cursor: z
        .string()
        .optional()
        .meta({
          description: 'Where to go on: `meta.next_cursor` of the page before, of the same `order`.',
          examples: ['AgABndP15ehaGyw9Tl9niavN7wEjRWeJ'],
        }),
      limit,
      order: z
        .enum(['asc', 'desc'], 'must be asc or desc')
        .default('asc')
        .meta({ description: '`desc`: newest first.', examples: ['asc'] }),
    })
    .refine(
      ({ cursor, order }) => cursor === undefined || isCursor({ mark: orderings.messageCreatedAt, descending: order === 'desc' }, cursor),
      {
        path: ['cursor'],
        error: cursorProblem,
        // Named beside other bad parameters too; only of an unknown order nobody can tell.
        when: ({ issues }) => !issues.some(({ path }) => path?.[0] === 'order'),
      },
    ),
  fields: pageFields,
  variables: ({ params, query }): ListMessagesQueryVariables => ({
    id: params.id,
    first: query.limit,
    after: query.cursor,
    direction: query.order === 'desc' ? 'DESC' : 'ASC',
  }),
  recipe: { id: 'path.id', first: 'query.limit', after: 'query.cursor', direction: 'query.order.toUpperCase()' },
  response: messagePage,
  example: messagePageExample,
  present: ({ conversation }, { query }) => {
    // A workplace chat does not exist in this contract.
    if (conversation?.type !== 'PHONE') return null;
    const phoneNumberId = uuidIn(known(conversation.phoneNumber).id);
    return envelope(conversation.messages, query.limit, (message) => presentMessage(message, phoneNumberId));
  },
});

type Conversation = NonNullable<ListMessagesQuery['conversation']>;
type Message = NonNullable<Conversation['messages']>['nodes'][number];

function presentMessage(message: Message, phoneNumberId: string): z.input<typeof messagePage>['data'][number] {
  const goneAt = contentGoneAt(message);
  return {
    id: uuidIn(message.id),
    direction: lower(message.direction),
    phone_number_id: phoneNumberId,
    from_number: known(message.from),
    to_number: known(message.to),
    // Null means redacted or deleted, and nothing else: a message with media and no text has an empty body.
    body: goneAt === null ? (message.body ?? '') : null,
    media_urls: message.mediaUrls,
    channel: lower(message.channel),
    segment_count: message.segmentCount,
    ...(message.direction === 'OUTBOUND' && { status: lower(known(message.status)) }),
    created_at: message.createdAt,
    redacted_at: goneAt,
  };
}
