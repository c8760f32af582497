import { AgentPhoneListMessagesDocument, type AgentPhoneListMessagesQueryVariables } from '../../generated/graphql/graphql.ts';
import { route } from '../kit/route.ts';
import { messageListExample } from './examples.ts';
import { conversationId, conversationIdRecipe } from './ids.ts';
import { presentMessage } from './present-message.ts';
import { messageList } from './shapes.ts';
import { presentTimePage, timeFields, timePage, timeRecipe, timeVariables } from './time-page.ts';

export const listMessages = route({
  method: 'GET',
  path: '/v1/conversations/{conversation_id}/messages',
  summary: 'Get conversation messages',
  description:
    'Newest first. Page with `before` and the `receivedAt` of the last message, or walk forward with `after` and that of the first: each message comes once.',
  document: AgentPhoneListMessagesDocument,
  params: conversationId,
  query: timePage,
  fields: timeFields,
  variables: ({ params, query }): AgentPhoneListMessagesQueryVariables => ({ id: params.conversation_id, ...timeVariables(query) }),
  recipe: { id: conversationIdRecipe, ...timeRecipe },
  response: messageList,
  example: messageListExample,
  // A workplace chat does not exist in this contract.
  present: ({ conversation }, { query }) =>
    conversation?.type === 'PHONE' ? presentTimePage(conversation.messages, query, presentMessage) : null,
});
