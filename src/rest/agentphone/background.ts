import { z } from 'zod';
import { AgentPhoneRemoveBackgroundDocument, AgentPhoneSetBackgroundDocument } from '../../generated/graphql/graphql.ts';
import { lower } from '../kit/present.ts';
import { route } from '../kit/route.ts';
import { conversationPath, phoneOnly, withoutPrefix } from './ids.ts';
import { channel } from './shapes.ts';

const path = '/v1/conversations/{conversation_id}/background';

export const background = z.strictObject({
  conversationId: z.string(),
  channel,
  hasBackground: z.boolean(),
  backgroundId: z.string().nullable(),
  backgroundVersion: z.int().nullable(),
  changed: z.boolean(),
});

export const setBackground = route({
  method: 'POST',
  path,
  summary: 'Set the chat background',
  description: 'The request may be repeated: `changed` is false if the image is already set.',
  document: AgentPhoneSetBackgroundDocument,
  params: conversationPath,
  query: z.object({}),
  body: z.object({
    image_url: z
      .string('must be an https URL')
      .meta({ description: 'The https URL of the image.', format: 'uri', examples: ['https://example.com/wallpaper.jpg'] }),
  }),
  variables: ({ params, body }) => ({
    input: { conversationId: withoutPrefix('Conversation', params.conversation_id), imageUrl: body.image_url, types: phoneOnly },
  }),
  response: background,
  example: {
    conversationId: 'conv_BgGQobLD1HAAgAAAAAAAAAE',
    channel: 'sms',
    hasBackground: true,
    backgroundId: '01941a2f-9f68-7000-8000-000000000005',
    backgroundVersion: 1,
    changed: true,
  },
  present: ({ setChatBackground: { changed, channel, background } }, { params }) => ({
    conversationId: params.conversation_id,
    channel: lower(channel ?? 'SMS'),
    hasBackground: background !== null,
    backgroundId: background?.id ?? null,
    backgroundVersion: background?.version ?? null,
    changed,
  }),
});

export const removeBackground = route({
  method: 'DELETE',
  path,
  summary: 'Remove the chat background',
  description: 'The answer is the same if there is none.',
  document: AgentPhoneRemoveBackgroundDocument,
  params: conversationPath,
  query: z.object({}),
  variables: ({ params }) => ({ input: { conversationId: withoutPrefix('Conversation', params.conversation_id), types: phoneOnly } }),
  status: 204,
  present: () => ({}),
});
