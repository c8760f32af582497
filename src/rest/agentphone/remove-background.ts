import { z } from 'zod';
import { AgentPhoneRemoveBackgroundDocument, type AgentPhoneRemoveBackgroundMutationVariables } from '../../generated/graphql/graphql.ts';
import { route } from '../kit/route.ts';
import { conversationId, conversationIdRecipe } from './ids.ts';

export const removeBackground = route({
  method: 'DELETE',
  path: '/v1/conversations/{conversation_id}/background',
  summary: 'Remove the chat background',
  description: 'The same where there is none.',
  document: AgentPhoneRemoveBackgroundDocument,
  params: conversationId,
  query: z.object({}),
  fields: {},
  variables: ({ params }): AgentPhoneRemoveBackgroundMutationVariables => ({
    input: { conversationId: params.conversation_id, types: ['PHONE'] },
  }),
  recipe: { input: { conversationId: conversationIdRecipe, types: ['PHONE'] } },
  status: 204,
  // The same where there was none.
  present: () => ({}),
});
