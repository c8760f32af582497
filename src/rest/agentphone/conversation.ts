// One conversation as the contract writes it: in a list, in the list of an agent, and alone with its messages.
import { z } from 'zod';
import type {
  AgentPhoneConversationFragment,
  AgentPhoneDetailFragment,
  AgentPhoneSummaryFragment,
} from '../../generated/graphql/graphql.ts';
import { contactAddressRule } from '../../values/contact-address.ts';
import { notNull } from '../kit/present.ts';
import { withPrefix } from './ids.ts';
import { message, messageExample, presentMessage } from './messages.ts';
import { time } from './shapes.ts';

const parties = {
  id: z.string(),
  agentId: z.string().nullable(),
  phoneNumberId: z.string(),
  phoneNumber: z.string(),
  participant: z.string().meta({ description: `The address of the contact: ${contactAddressRule}.` }),
};

/** Conversations here have two sides, so the keys of groups always have the same values. */
const group = {
  isGroup: z.literal(false),
  groupId: z.null(),
  groupName: z.null(),
  groupIconUrl: z.null(),
  participants: z.null(),
};

const activity = { lastMessageAt: time, lastMessagePreview: z.string(), messageCount: z.int() };

const metadata = z
  .custom<Record<string, unknown>>((value) => typeof value === 'object' && value !== null)
  .meta({ type: 'object' })
  .nullable();

export const summary = z.strictObject({ ...parties, ...group, ...activity, metadata, createdAt: time });

export const agentSummary = z.strictObject({ ...parties, ...activity, createdAt: time });

export const detail = z
  .strictObject({
    ...parties,
    ...group,
    lastMessageAt: time,
    messageCount: z.int(),
    metadata,
    createdAt: time,
    messages: z.array(message),
  })
  .meta({ id: 'Conversation' });

const noGroup = { isGroup: false, groupId: null, groupName: null, groupIconUrl: null, participants: null } as const;

// The sample of the vendor's documents, completed with the keys that it leaves out.
const partiesExample = {
  id: 'conv_BgGQobLD1HAAgAAAAAAAAAE',
  agentId: 'agt_AwGQobLD1HAAgAAAAAAAAAI',
  phoneNumberId: 'num_BAGQobLD1HAAgAAAAAAAAAM',
  phoneNumber: '+15551234567',
  participant: '+15559876543',
};
const activityExample = { lastMessageAt: '2025-01-15T12:00:00Z', lastMessagePreview: 'Thanks for your help!', messageCount: 8 };
const metadataExample = { customerName: 'Jane Doe', orderId: 'ORD-12345' };
const createdAt = '2025-01-15T11:30:00Z';

export const summaryExample = { ...partiesExample, ...noGroup, ...activityExample, metadata: metadataExample, createdAt };
export const agentSummaryExample = { ...partiesExample, ...activityExample, createdAt };
export const detailExample = {
  ...partiesExample,
  ...noGroup,
  lastMessageAt: activityExample.lastMessageAt,
  messageCount: activityExample.messageCount,
  metadata: metadataExample,
  createdAt,
  messages: [messageExample],
};

export function presentSummary(conversation: AgentPhoneSummaryFragment & Pick<AgentPhoneDetailFragment, 'metadata'>) {
  const { metadata, createdAt } = conversation;
  return { ...presentParties(conversation), ...noGroup, ...presentActivity(conversation), metadata, createdAt };
}

export function presentAgentSummary(conversation: AgentPhoneSummaryFragment): z.input<typeof agentSummary> {
  return { ...presentParties(conversation), ...presentActivity(conversation), createdAt: conversation.createdAt };
}

/** Null for a workplace chat, which does not exist in this contract. */
export function presentDetail(conversation: AgentPhoneDetailFragment | null): z.input<typeof detail> | null {
  if (conversation?.type !== 'PHONE') return null;
  const { lastMessageAt, messageCount, metadata, createdAt, messages } = conversation;
  return {
    ...presentParties(conversation),
    ...noGroup,
    lastMessageAt,
    messageCount,
    metadata,
    createdAt,
    messages: notNull(messages).nodes.map(presentMessage),
  };
}

function presentParties({ id, agent, phoneNumber, contactNumber }: AgentPhoneConversationFragment) {
  return {
    id: withPrefix('Conversation', id),
    agentId: agent && withPrefix('Agent', agent.id),
    phoneNumberId: withPrefix('PhoneNumber', notNull(phoneNumber).id),
    phoneNumber: notNull(phoneNumber).e164,
    participant: notNull(contactNumber),
  };
}

function presentActivity({ lastMessageAt, lastMessagePreview, lastMessage, messageCount }: AgentPhoneSummaryFragment) {
  const isRedacted = lastMessage?.redactedAt != null || lastMessage?.deletedAt != null;
  return { lastMessageAt, lastMessagePreview: isRedacted ? '[redacted]' : (lastMessagePreview ?? ''), messageCount };
}
