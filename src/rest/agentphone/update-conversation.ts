import { z } from 'zod';
import {
  AgentPhoneUpdateConversationDocument,
  type AgentPhoneUpdateConversationMutationVariables,
} from '../../generated/graphql/graphql.ts';
import { route } from '../kit/route.ts';
import { detailExample } from './examples.ts';
import { conversationId, conversationIdRecipe } from './ids.ts';
import { presentDetail } from './present-conversation.ts';
import { detail } from './shapes.ts';

// Passed on as it is: a key may be called `__proto__`.
const object = z
  .custom<Record<string, unknown>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'must be an object or null',
  )
  .meta({ type: 'object' });

export const updateConversation = route({
  method: 'PATCH',
  path: '/v1/conversations/{conversation_id}',
  summary: 'Update a conversation',
  description: 'Keeps what a program wants to remember with the conversation. Repeating it is harmless.',
  document: AgentPhoneUpdateConversationDocument,
  params: conversationId,
  query: z.object({}),
  body: z.object({
    metadata: object
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
      .meta({ description: 'Taken and left: groups have names, and conversations here are between two.', examples: [null] }),
  }),
  fields: { 'input.metadata': 'metadata' },
  variables: ({ params, body }): AgentPhoneUpdateConversationMutationVariables => ({
    input: { id: params.conversation_id, types: ['PHONE'], metadata: body.metadata },
    messages: 50,
  }),
  recipe: { input: { id: conversationIdRecipe, types: ['PHONE'], metadata: 'body.metadata' }, messages: 50 },
  response: detail,
  example: detailExample,
  present: ({ updateConversation: { conversation } }) => presentDetail(conversation),
});
