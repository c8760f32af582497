import type { MessageDraft } from '../ingest/read/message-draft.ts';
import { segmentCount } from '../ingest/read/segment-count.ts';
import { bodyOf } from './body.ts';
import { Random } from './random.ts';
import { conversationSizes, shuffledConversations } from './sizes.ts';

export interface Recipe {
  conversations: number;
  messages: number;
  /** Messages that have the rare word. */
  rareMessages: number;
  /** The same recipe makes the same messages. */
  seed: number;
}

const phoneNumbers = 20;
const agents = ['Ada', 'Bela', 'Chen', 'Dara', 'Emil'] as const;
/** The year that the messages are of. It is in the past: the import refuses messages of the future. */
const from = Date.UTC(2025, 0, 1);
const to = Date.UTC(2026, 0, 1);

/** Yields messages in the order of their time, of all conversations in turn: SMS mostly, between twenty numbers and a contact for each conversation. */
export function* generatedMessages({ conversations, messages, rareMessages, seed }: Recipe): Generator<MessageDraft> {
  const random = new Random(seed);
  const order = shuffledConversations(conversationSizes(conversations, messages), messages, random);
  const begun = new Set<number>();
  const rareEach = rareMessages === 0 ? Number.POSITIVE_INFINITY : Math.floor(messages / rareMessages);
  for (let index = 0; index < messages; index++) {
    const conversation = order[index] ?? 0;
    const isRare = index % rareEach === rareEach - 1 && index < rareEach * rareMessages;
    const instant = new Date(from + Math.floor(((index + random.next()) * (to - from)) / messages)).toISOString();
    yield messageOf(random, { seed, index, conversation, instant, isRare, isFirst: !begun.has(conversation) });
    begun.add(conversation);
  }
}

interface Place {
  seed: number;
  index: number;
  conversation: number;
  instant: string;
  isRare: boolean;
  /** True for the first message of its conversation. */
  isFirst: boolean;
}

function messageOf(random: Random, { seed, index, conversation, instant, isRare, isFirst }: Place): MessageDraft {
  const isInbound = random.chance(0.45);
  const body = bodyOf(random, isRare);
  const mediaUrls = random.chance(0.03) ? [`https://media.example.com/${seed}/${index}.jpg`] : [];
  const agent = conversation % agents.length;
  return {
    externalId: `generated-${seed}-${index}`,
    createdAt: instant,
    direction: isInbound ? 'INBOUND' : 'OUTBOUND',
    body,
    conversation: {
      type: 'PHONE',
      phoneNumber: `+1800555${1_000 + (conversation % phoneNumbers)}`,
      contactNumber: `+1${2_000_000_000 + conversation}`,
    },
    channel: mediaUrls.length > 0 ? 'MMS' : random.pick(['SMS', 'SMS', 'SMS', 'SMS', 'SMS', 'SMS', 'SMS', 'IMESSAGE', 'RCS']),
    kind: 'NORMAL',
    status: isInbound
      ? null
      : random.pick(['DELIVERED', 'DELIVERED', 'DELIVERED', 'DELIVERED', 'DELIVERED', 'DELIVERED', 'SENT', 'FAILED']),
    segmentCount: segmentCount(body),
    mediaUrls,
    attachments: [],
    author: null,
    replyTo: null,
    reactions:
      !isInbound && random.chance(0.01) ? [{ type: '👍', fromNumber: null, author: null, direction: 'INBOUND', createdAt: instant }] : [],
    editedAt: null,
    deletedAt: null,
    redactedAt: null,
    agent: isInbound ? null : { externalId: `agent-${agent}`, name: agents[agent] ?? '' },
    consent: isFirst && random.chance(0.8) ? { optedIn: random.chance(0.9), at: instant } : null,
    metadata: null,
  };
}
