import type { Contract } from '../kit/contract.ts';
import { listConversations } from './conversations.ts';
import { listMessages } from './messages.ts';
import { failure, refuse } from './refuse.ts';

export const agentmessage: Contract = {
  name: 'agentmessage',
  title: 'AgentMessage',
  sample: '/v1/conversations/{id}/messages?order=desc&limit=1',
  description: `Conversations between the organization's numbers and its contacts, and their messages, a page at a time.

Send \`meta.next_cursor\` as \`cursor\` to get the next page. A cursor holds a position by value, so paging stays correct while messages arrive, and the
same cursor continues the list in GraphQL. Content past the organization's retention window, erased or deleted is removed for good. Times are UTC.`,
  routes: [listConversations, listMessages],
  failure,
  refuse,
};
