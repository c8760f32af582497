import type { Contract } from '../kit/contract.ts';
import { getConversation } from './get-conversation.ts';
import { listConversations } from './list-conversations.ts';
import { listMessages } from './list-messages.ts';
import { refuse } from './refuse.ts';
import { failure } from './shapes.ts';

export const ziik: Contract = {
  name: 'ziik',
  title: 'Ziik',
  description: `Conversations of the workplace, and those by phone, as chats: people write, ids are integers, times are Unix seconds.

Content past the organization's retention window or erased is gone for good: \`message\` is empty, and there are no \`files\` and no \`voice\`.`,
  routes: [listMessages, listConversations, getConversation],
  failure,
  refuse,
};
