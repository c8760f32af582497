import type { Contract } from '../kit/contract.ts';
import { deleteAgentWebhook, getAgentWebhook, listAgentDeliveries, setAgentWebhook, testAgentWebhook } from './agent-webhooks.ts';
import { getAgent, listAgentConversations, listAgents } from './agents.ts';
import { removeBackground, setBackground } from './background.ts';
import { listContacts } from './contacts.ts';
import { getConversation, listConversations, updateConversation } from './conversations.ts';
import { listMessages } from './messages.ts';
import { getNumber, listNumberMessages, listNumbers } from './numbers.ts';
import { failure, refuse } from './refuse.ts';
import { sendTypingIndicator } from './typing.ts';
import { deleteWebhook, getWebhook, listDeliveries, setWebhook, testWebhook } from './webhooks.ts';

export const agentphone: Contract = {
  name: 'agentphone',
  title: 'AgentPhone',
  sample: '/v1/conversations/conv_{id}/messages?limit=1',
  description: `Conversations between your agents' phone numbers and external participants, with all of their messages and the metadata that programs keep.

Reading needs \`conversations:read\`, changing \`conversations:write\`; webhooks need \`webhooks:read\` and \`webhooks:write\`. Writes may be repeated. Content past the organization's retention window, erased or
deleted is removed for good: \`body\` is empty and \`redactedAt\` is the time of the removal. Requests with the header \`X-Sub-Account-Id\` are forbidden:
sub-accounts do not exist here. Numbers, agents and contacts can only be read. Sending, calls and usage are not served and answer 404.

In \`x-graphql\`, \`instantOf(text)\` is a time to the millisecond in UTC, as GraphQL writes it, and \`rankOf(text)\` the number that its digits after the
milliseconds represent: \`000\` to \`899\` are 0 to 899; \`900000\` to \`989999\` continue from 900; \`990000000\` to \`998999999\` from 90,900, and so on with one
more leading nine for every three digits more.`,
  routes: [
    listConversations,
    getConversation,
    updateConversation,
    listMessages,
    sendTypingIndicator,
    setBackground,
    removeBackground,
    getWebhook,
    setWebhook,
    testWebhook,
    listDeliveries,
    deleteWebhook,
    getAgentWebhook,
    setAgentWebhook,
    testAgentWebhook,
    listAgentDeliveries,
    deleteAgentWebhook,
    listAgents,
    getAgent,
    listAgentConversations,
    listNumbers,
    getNumber,
    listNumberMessages,
    listContacts,
  ],
  unservedHeaders: ['X-Sub-Account-Id'],
  unservedPaths: {
    // The paths that the vendor's SDK can call and that this contract does not serve.
    paths: [
      '/v1/messages',
      '/v1/calls',
      '/v1/usage',
      '/v1/webhooks/deliveries/stats',
      '/v1/webhooks/deliveries/all-time',
      '/v1/register',
      '/v1/sub-accounts',
      '/v1/location',
      '/v1/agents/voices',
      '/v1/agents/{agent_id}/calls',
      '/v1/agents/{agent_id}/numbers',
      '/v1/numbers/{number_id}/calls',
      '/v1/numbers/{number_id}/contact-card',
      '/v1/contacts/{contact_id}',
    ],
    because:
      'This gateway does not serve this path: it serves conversations, their messages and webhooks, and shows numbers, agents and contacts',
  },
  failure,
  refuse,
};
