import { z } from 'zod';
import { AgentPhoneSetBackgroundDocument, type AgentPhoneSetBackgroundMutationVariables } from '../../generated/graphql/graphql.ts';
import { route } from '../route.ts';
import { backgroundExample } from './examples.ts';
import { conversationId, withPrefix } from './ids.ts';
import { background } from './shapes.ts';
import { lower } from './words.ts';

export const setBackground = route({
  method: 'POST',
  path: '/v1/conversations/{conversation_id}/background',
  document: AgentPhoneSetBackgroundDocument,
  params: conversationId,
  query: z.object({}),
  body: z.object({ image_url: z.string('must be an https URL') }),
  // The scalar refuses what is no https URL, the verb what is too long.
  fields: { URL: 'image_url', 'input.imageUrl': 'image_url' },
  variables: ({ params, body }): AgentPhoneSetBackgroundMutationVariables => ({
    input: { conversationId: params.conversation_id, imageUrl: body.image_url, types: ['PHONE'] },
  }),
  response: background,
  example: backgroundExample,
  present: ({ setChatBackground: { changed, channel, background } }, { params }) => ({
    conversationId: withPrefix('Conversation', params.conversation_id),
    channel: lower(channel ?? 'SMS'),
    hasBackground: background !== null,
    backgroundId: background?.id ?? null,
    backgroundVersion: background?.version ?? null,
    changed,
  }),
});
