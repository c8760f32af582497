import { z } from 'zod';
import {
  AgentPhoneGetConversationDocument,
  AgentPhoneListConversationsDocument,
  AgentPhoneUpdateConversationDocument,
} from '../../generated/graphql/graphql.ts';
import { firstGiven } from '../kit/mapping/combine.ts';
import { emptyIsAbsent, integer } from '../kit/request/parameters.ts';
import { route } from '../kit/route.ts';
import { detail, detailExample, presentDetail, presentSummary, summary, summaryExample } from './conversation.ts';
import { conversationPath, idOf, phoneOnly, withoutPrefix } from './ids.ts';
import { offsetPage, offsetVariables, presentOffsetPage } from './offset-page.ts';
import { listOf } from './shapes.ts';

export const conversationList = listOf(summary, { total: z.int() });

export const listConversations = route({
  method: 'GET',
  path: '/v1/conversations',
  summary: 'List conversations',
  description: 'Sorted by most recent activity.',
  document: AgentPhoneListConversationsDocument,
  params: z.object({}),
  query: offsetPage.extend({
    agent_id: emptyIsAbsent(idOf('Agent')).meta({
      description: 'Only the conversations of this agent; none if no agent has this id. Empty counts as absent.',
      examples: idOf('Agent').meta()?.examples,
    }),
  }),
  variables: ({ query }) => ({ ...offsetVariables(query), agent: withoutPrefix('Agent', query.agent_id) }),
  response: conversationList,
  example: { data: [summaryExample], hasMore: false, total: 1 },
  present: ({ conversations }, { query }) => presentOffsetPage(conversations, query, presentSummary),
});

export const getConversation = route({
  method: 'GET',
  path: '/v1/conversations/{conversation_id}',
  summary: 'Get a conversation',
  description: 'With its most recent messages.',
  document: AgentPhoneGetConversationDocument,
  params: conversationPath,
  query: z.object({
    message_limit: integer(1, 100)
      .optional()
      .meta({ description: 'The number of recent messages to include; 50 if absent.', examples: [20] }),
    messageLimit: integer(1, 100)
      .optional()
      .meta({ description: 'Another name of `message_limit`, which wins if both are given.', examples: [20] }),
  }),
  variables: ({ params, query }) => ({
    id: withoutPrefix('Conversation', params.conversation_id),
    messages: firstGiven([query.message_limit, query.messageLimit], 50),
  }),
  response: detail,
  example: detailExample,
  present: ({ conversation }) => presentDetail(conversation),
});

// Passed on unchanged: a key may be called `__proto__`.
const jsonObject = z
  .custom<Record<string, unknown>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'must be an object or null',
  )
  .meta({ type: 'object' });

export const updateConversation = route({
  method: 'PATCH',
  path: '/v1/conversations/{conversation_id}',
  summary: 'Update a conversation',
  description: 'Stores metadata with the conversation. The request may be repeated: the result is the same.',
  document: AgentPhoneUpdateConversationDocument,
  params: conversationPath,
  query: z.object({}),
  body: z.object({
    metadata: jsonObject
      .nullable()
      .optional()
      .meta({
        description:
          'Replaces the stored metadata; null clears them, absent leaves them unchanged. At most 16 KiB as JSON and 8 levels deep. Every key and value is returned as it was sent, but keys may come in another order: objects in JSON have none (RFC 8259), and the database stores shorter keys first, keys of one length by their bytes. An integer beyond 2^53-1 (9007199254740991) or below -(2^53-1) is refused with 422: send it as a string.',
        examples: [{ customerName: 'Jane Doe', orderId: 'ORD-12345', topic: 'order_tracking', resolved: false }],
      }),
    group_name: z
      .string('must be a string or null')
      .nullable()
      .optional()
      .meta({ description: 'Accepted and ignored: only groups have names, and a conversation here has two sides.', examples: [null] }),
  }),
  variables: ({ params, body }) => ({
    input: { id: withoutPrefix('Conversation', params.conversation_id), types: phoneOnly, metadata: body.metadata },
    messages: 50,
  }),
  response: detail,
  example: detailExample,
  present: ({ updateConversation: { conversation } }) => presentDetail(conversation),
});
