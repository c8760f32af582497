import type { z } from 'zod';
import type {
  AgentPhoneConversationFragment,
  AgentPhoneDetailFragment,
  AgentPhoneSummaryFragment,
} from '../../generated/graphql/graphql.ts';
import { known } from '../kit/words.ts';
import { withPrefix } from './ids.ts';
import { presentMessage } from './present-message.ts';
import type { agentConversationList, conversationList, detail } from './shapes.ts';

const noGroup = { isGroup: false, groupId: null, groupName: null, groupIconUrl: null, participants: null } as const;

export function presentSummary(
  conversation: AgentPhoneSummaryFragment & Pick<AgentPhoneDetailFragment, 'metadata'>,
): z.input<typeof conversationList>['data'][number] {
  const { metadata, createdAt } = conversation;
  return { ...parties(conversation), ...noGroup, ...activity(conversation), metadata, createdAt };
}

export function presentAgentSummary(conversation: AgentPhoneSummaryFragment): z.input<typeof agentConversationList>['data'][number] {
  return { ...parties(conversation), ...activity(conversation), createdAt: conversation.createdAt };
}

/** Null for a workplace chat, which does not exist in this contract. */
export function presentDetail(conversation: AgentPhoneDetailFragment | null): z.input<typeof detail> | null {
  if (conversation?.type !== 'PHONE') return null;
  const { lastMessageAt, messageCount, metadata, createdAt, messages } = conversation;
  return {
    ...parties(conversation),
    ...noGroup,
    lastMessageAt,
    messageCount,
    metadata,
    createdAt,
    messages: known(messages).nodes.map(presentMessage),
  };
}

function parties({ id, agent, phoneNumber, contactNumber }: AgentPhoneConversationFragment) {
  return {
    id: withPrefix('Conversation', id),
    agentId: agent && withPrefix('Agent', agent.id),
    phoneNumberId: withPrefix('PhoneNumber', known(phoneNumber).id),
    phoneNumber: known(phoneNumber).e164,
    participant: known(contactNumber),
  };
}

function activity({ lastMessageAt, lastMessagePreview, lastMessage, messageCount }: AgentPhoneSummaryFragment) {
  const gone = lastMessage?.redactedAt != null || lastMessage?.deletedAt != null;
  return { lastMessageAt, lastMessagePreview: gone ? '[redacted]' : (lastMessagePreview ?? ''), messageCount };
}
