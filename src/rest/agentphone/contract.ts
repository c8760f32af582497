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
import { failure } from './shapes.ts';
import { updateConversation } from './update-conversation.ts';

export const agentphone: Contract = {
  name: 'agentphone',
  title: 'AgentPhone',
  description: `Conversations between your agents' phone numbers and external participants, with all of their messages and the metadata that programs keep.

Reading needs \`conversations:read\`, changing \`conversations:write\`. Writes may be repeated. Content past the organization's retention window, erased or
deleted is gone for good: \`body\` is empty and \`redactedAt\` says since when. Requests with the header \`X-Sub-Account-Id\` are forbidden: that slice
is not modelled.`,
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
  failure,
  refuse,
};
