import type { Contract } from '../contract.ts';
import { getConversation } from './get-conversation.ts';
import { listAgentConversations } from './list-agent-conversations.ts';
import { listConversations } from './list-conversations.ts';
import { listMessages } from './list-messages.ts';
import { listNumberMessages } from './list-number-messages.ts';
import { refuse } from './refuse.ts';
import { removeBackground } from './remove-background.ts';
import { sendTypingIndicator } from './send-typing-indicator.ts';
import { setBackground } from './set-background.ts';
import { updateConversation } from './update-conversation.ts';

export const agentphone: Contract = {
  name: 'agentphone',
  title: 'AgentPhone',
  routes: [
    listConversations,
    getConversation,
    updateConversation,
    listMessages,
    sendTypingIndicator,
    setBackground,
    removeBackground,
    listAgentConversations,
    listNumberMessages,
  ],
  unserved: ['X-Sub-Account-Id'],
  refuse,
};
