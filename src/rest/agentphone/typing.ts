import { z } from 'zod';
import { AgentPhoneSendTypingIndicatorDocument } from '../../generated/graphql/graphql.ts';
import { lower } from '../kit/present.ts';
import { route } from '../kit/route.ts';
import { conversationPath, phoneOnly, withoutPrefix } from './ids.ts';
import { channel } from './shapes.ts';

export const sendTypingIndicator = route({
  method: 'POST',
  path: '/v1/conversations/{conversation_id}/typing',
  summary: 'Send a typing indicator',
  description: 'Live subscribers receive it. It is not stored.',
  document: AgentPhoneSendTypingIndicatorDocument,
  params: conversationPath,
  query: z.object({}),
  variables: ({ params }) => ({ input: { conversationId: withoutPrefix('Conversation', params.conversation_id), types: phoneOnly } }),
  response: z.strictObject({ conversationId: z.string(), channel, status: z.literal('typing indicator sent') }),
  example: { conversationId: 'conv_BgGQobLD1HAAgAAAAAAAAAE', channel: 'sms', status: 'typing indicator sent' },
  present: ({ sendTypingIndicator: { channel } }, { params }) => ({
    conversationId: params.conversation_id,
    channel: lower(channel ?? 'SMS'),
    status: 'typing indicator sent' as const,
  }),
});
