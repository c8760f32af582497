import { z } from 'zod';
import { AgentPhoneSetBackgroundDocument, type AgentPhoneSetBackgroundMutationVariables } from '../../generated/graphql/graphql.ts';
import { route } from '../kit/route.ts';
import { lower } from '../kit/words.ts';
import { backgroundExample } from './examples.ts';
import { conversationId, conversationIdRecipe, withPrefix } from './ids.ts';
import { background } from './shapes.ts';

export const setBackground = route({
  method: 'POST',
  path: '/v1/conversations/{conversation_id}/background',
  summary: 'Set the chat background',
  description: 'Repeating it is harmless: `changed` is false where the picture is set already.',
  document: AgentPhoneSetBackgroundDocument,
  params: conversationId,
  query: z.object({}),
  body: z.object({
    image_url: z
      .string('must be an https URL')
      .meta({ description: 'Where the picture lies: https.', format: 'uri', examples: ['https://example.com/wallpaper.jpg'] }),
  }),
  fields: { 'input.imageUrl': 'image_url' },
  variables: ({ params, body }): AgentPhoneSetBackgroundMutationVariables => ({
    input: { conversationId: params.conversation_id, imageUrl: body.image_url, types: ['PHONE'] },
  }),
  recipe: { input: { conversationId: conversationIdRecipe, imageUrl: 'body.image_url', types: ['PHONE'] } },
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
