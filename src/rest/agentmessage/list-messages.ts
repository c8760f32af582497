import { z } from 'zod';
import { orderings } from '../../cursor.ts';
import { ListMessagesDocument, type ListMessagesQuery, type ListMessagesQueryVariables } from '../../generated/graphql/graphql.ts';
import { decodeId } from '../../ids.ts';
import { contentGoneAt } from '../content-gone-at.ts';
import { cursorProblem, isCursor } from '../cursor.ts';
import { route } from '../route.ts';
import { uuidIn } from '../uuid-in.ts';
import { envelope, limit, pageFields } from './page.ts';

export const listMessages = route({
  method: 'GET',
  path: '/v1/conversations/{id}/messages',
  document: ListMessagesDocument,
  params: z.object({ id: z.string().refine((id) => decodeId(id)?.type === 'Conversation', 'must be an id as the list gives it') }),
  query: z
    .object({
      cursor: z.string().optional(),
      limit,
      order: z.enum(['asc', 'desc'], 'must be asc or desc').default('asc'),
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
  present: ({ conversation }, { query }) => {
    // A workplace chat does not exist in this contract.
    if (conversation?.type !== 'PHONE') return null;
    const phoneNumberId = conversation.phoneNumber && uuidIn(conversation.phoneNumber.id);
    return envelope(conversation.messages, query.limit, (message) => presentMessage(message, phoneNumberId));
  },
});

type Message = NonNullable<ListMessagesQuery['conversation']>['messages']['nodes'][number];

function presentMessage(message: Message, phoneNumberId: string | null) {
  return {
    id: uuidIn(message.id),
    direction: message.direction.toLowerCase(),
    phone_number_id: phoneNumberId,
    from_number: message.from,
    to_number: message.to,
    body: message.body,
    media_urls: message.mediaUrls,
    channel: message.channel.toLowerCase(),
    segment_count: message.segmentCount,
    ...(message.direction === 'OUTBOUND' && { status: message.status?.toLowerCase() }),
    created_at: message.createdAt,
    redacted_at: contentGoneAt(message),
  };
}
