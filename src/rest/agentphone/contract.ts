import type { Contract } from '../kit/contract.ts';
import { getAgent } from './get-agent.ts';
import { getConversation } from './get-conversation.ts';
import { getNumber } from './get-number.ts';
import { listAgentConversations } from './list-agent-conversations.ts';
import { listAgents } from './list-agents.ts';
import { listContacts } from './list-contacts.ts';
import { listConversations } from './list-conversations.ts';
import { listMessages } from './list-messages.ts';
import { listNumberMessages } from './list-number-messages.ts';
import { listNumbers } from './list-numbers.ts';
import { refuse } from './refuse.ts';
import { removeBackground } from './remove-background.ts';
import { sendTypingIndicator } from './send-typing-indicator.ts';
import { setBackground } from './set-background.ts';
import { failure } from './shapes.ts';
import { unservedPaths } from './unserved-paths.ts';
import { updateConversation } from './update-conversation.ts';

export const agentphone: Contract = {
  name: 'agentphone',
  title: 'AgentPhone',
  description: `Conversations between your agents' phone numbers and external participants, with all of their messages and the metadata that programs keep.

Reading needs \`conversations:read\`, changing \`conversations:write\`. Writes may be repeated. Content past the organization's retention window, erased or
deleted is gone for good: \`body\` is empty and \`redactedAt\` says since when. Requests with the header \`X-Sub-Account-Id\` are forbidden: that slice
is not modelled. Numbers, agents and contacts can only be read; sending, calls, webhooks and usage are not served and answer 404.

In \`x-graphql\`, \`instantOf(text)\` is a time to the millisecond in UTC, as GraphQL writes it, and \`rankOf(text)\` the number that its digits behind the
milliseconds stand for: \`000\` to \`899\` are 0 to 899; \`900000\` to \`989999\` go on from 900; \`990000000\` to \`998999999\` from 90,900, and so on with one more
leading nine for every three digits more.`,
  routes: [
    listConversations,
    getConversation,
    updateConversation,
    listMessages,
    sendTypingIndicator,
    setBackground,
    removeBackground,
    listAgents,
    getAgent,
    listAgentConversations,
    listNumbers,
    getNumber,
    listNumberMessages,
    listContacts,
  ],
  unservedHeaders: ['X-Sub-Account-Id'],
  unservedPaths,
  failure,
  refuse,
};
