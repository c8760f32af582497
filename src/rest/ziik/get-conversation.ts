import { z } from 'zod';
import { ZiikGetConversationDocument, type ZiikGetConversationQueryVariables } from '../../generated/graphql/graphql.ts';
import { route } from '../kit/route.ts';
import { presentConversation } from './conversation.ts';
import { conversationExample } from './examples.ts';
import { maxReactions } from './message.ts';
import { conversation } from './shapes.ts';
import { idInPath } from './wire.ts';

export const getConversation = route({
  method: 'GET',
  path: '/conversations/{conversation}',
  summary: 'Get a conversation',
  document: ZiikGetConversationDocument,
  params: z.object({ conversation: idInPath }),
  query: z.object({}),
  fields: {},
  variables: ({ params }): ZiikGetConversationQueryVariables => ({ conversation: params.conversation, reactions: maxReactions }),
  recipe: { conversation: 'path.conversation', reactions: maxReactions },
  response: conversation,
  example: conversationExample,
  present: (data) => data.conversation && presentConversation(data.conversation),
});
