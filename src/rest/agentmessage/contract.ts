import type { Contract } from '../kit/contract.ts';
import { listConversations } from './list-conversations.ts';
import { listMessages } from './list-messages.ts';
import { refuse } from './refuse.ts';
import { failure } from './shapes.ts';

export const agentmessage: Contract = {
  name: 'agentmessage',
  title: 'AgentMessage',
  description: `Conversations between the organization's numbers and its contacts, and their messages, a page at a time.

Go on with \`meta.next_cursor\` as \`cursor\`: it stands by value, so a walk stays right while messages come in, and the same cursor goes on in GraphQL.
Content past the organization's retention window, erased or deleted is gone for good. Instants are UTC.`,
  routes: [listConversations, listMessages],
  failure,
  refuse,
};
