import { z } from 'zod';
import {
  AgentPhoneUpdateConversationDocument,
  type AgentPhoneUpdateConversationMutationVariables,
} from '../../generated/graphql/graphql.ts';
import { route } from '../route.ts';
import { detailExample } from './examples.ts';
import { conversationId } from './ids.ts';
import { presentDetail } from './present-conversation.ts';
import { detail } from './shapes.ts';

// Passed on as it is: a key may be called `__proto__`.
const object = z.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'must be an object or null',
);

export const updateConversation = route({
  method: 'PATCH',
  path: '/v1/conversations/{conversation_id}',
  document: AgentPhoneUpdateConversationDocument,
  params: conversationId,
  query: z.object({}),
  body: z.object({
    /** Replaces what is kept; null clears it, absent leaves it. */
    metadata: object.nullable().optional(),
    /** Taken and left: groups have names, and conversations here are between two. */
    group_name: z.string('must be a string or null').nullable().optional(),
  }),
  fields: { 'input.metadata': 'metadata' },
  variables: ({ params, body }): AgentPhoneUpdateConversationMutationVariables => ({
    input: { id: params.conversation_id, types: ['PHONE'], metadata: body.metadata },
    messages: 50,
  }),
  response: detail,
  example: detailExample,
  present: ({ updateConversation: { conversation } }) => presentDetail(conversation),
});
