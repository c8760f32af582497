import type { Contract } from '../contract.ts';
import { listConversations } from './list-conversations.ts';
import { listMessages } from './list-messages.ts';
import { refuse } from './refuse.ts';

export const agentmessage: Contract = { name: 'agentmessage', title: 'AgentMessage', routes: [listConversations, listMessages], refuse };
