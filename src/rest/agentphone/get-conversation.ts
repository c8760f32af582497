import { z } from 'zod';
import { AgentPhoneGetConversationDocument } from '../../generated/graphql/graphql.ts';
import { route } from '../kit/route.ts';
import { integer } from '../kit/wire.ts';
import { detailExample } from './examples.ts';
import { conversationId, conversationIdRecipe } from './ids.ts';
import { presentDetail } from './present-conversation.ts';
import { detail } from './shapes.ts';

export const getConversation = route({
  method: 'GET',
  path: '/v1/conversations/{conversation_id}',
  summary: 'Get a conversation',
  description: 'With its most recent messages.',
  document: AgentPhoneGetConversationDocument,
  params: conversationId,
  query: z.object({
    message_limit: integer(1, 100)
      .optional()
      .meta({ description: 'How many recent messages to include; 50 if absent.', examples: [20] }),
    messageLimit: integer(1, 100)
      .optional()
      .meta({ description: 'Another name of `message_limit`, which wins if both are given.', examples: [20] }),
  }),
  fields: { first: 'message_limit' },
  variables: ({ params, query }) => ({ id: params.conversation_id, messages: query.message_limit ?? query.messageLimit ?? 50 }),
  recipe: { id: conversationIdRecipe, messages: 'query.message_limit ?? query.messageLimit ?? 50' },
  response: detail,
  example: detailExample,
  present: ({ conversation }) => presentDetail(conversation),
});
