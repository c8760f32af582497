import { z } from 'zod';
import {
  AgentPhoneSendTypingIndicatorDocument,
  type AgentPhoneSendTypingIndicatorMutationVariables,
} from '../../generated/graphql/graphql.ts';
import { route } from '../kit/route.ts';
import { lower } from '../kit/words.ts';
import { typingExample } from './examples.ts';
import { conversationId, conversationIdRecipe, withPrefix } from './ids.ts';
import { typing } from './shapes.ts';

export const sendTypingIndicator = route({
  method: 'POST',
  path: '/v1/conversations/{conversation_id}/typing',
  summary: 'Send a typing indicator',
  description: 'Live subscribers see it; nothing is kept.',
  document: AgentPhoneSendTypingIndicatorDocument,
  params: conversationId,
  query: z.object({}),
  fields: {},
  variables: ({ params }): AgentPhoneSendTypingIndicatorMutationVariables => ({
    input: { conversationId: params.conversation_id, types: ['PHONE'] },
  }),
  recipe: { input: { conversationId: conversationIdRecipe, types: ['PHONE'] } },
  response: typing,
  example: typingExample,
  present: ({ sendTypingIndicator: { channel } }, { params }) => ({
    conversationId: withPrefix('Conversation', params.conversation_id),
    channel: lower(channel ?? 'SMS'),
    status: 'typing indicator sent' as const,
  }),
});
