import type { Contract } from '../kit/contract.ts';
import { getConversation, listConversations } from './conversations.ts';
import { listMessages } from './messages.ts';
import { failure, refuse } from './refuse.ts';

export const ziik: Contract = {
  name: 'ziik',
  title: 'Ziik',
  sample: '/conversations/{number}/messages?limit=1',
  description: `Conversations of the workplace and phone conversations, both as chats: authors are people, ids are integers, times are Unix seconds.

Content past the organization's retention window or erased is removed for good: \`message\` is empty, and there are no \`files\` and no \`voice\`.`,
  routes: [listMessages, listConversations, getConversation],
  failure,
  refuse,
};
