import { z } from 'zod';
import { ZiikGetConversationDocument, type ZiikGetConversationQueryVariables } from '../../generated/graphql/graphql.ts';
import { route } from '../route.ts';
import { presentConversation } from './conversation.ts';
import { conversation } from './shapes.ts';
import { idInPath } from './wire.ts';

export const getConversation = route({
  method: 'GET',
  path: '/conversations/{conversation}',
  document: ZiikGetConversationDocument,
  params: z.object({ conversation: idInPath }),
  query: z.object({}),
  fields: {},
  variables: ({ params }): ZiikGetConversationQueryVariables => ({ conversation: params.conversation }),
  response: conversation,
  present: (data) => data.conversation && presentConversation(data.conversation),
});
