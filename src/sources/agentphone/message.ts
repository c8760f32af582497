import { z } from 'zod';
import { type ReadMessage, readMessage } from '../sync/contract.ts';
import { readItem, storable, time } from '../sync/shapes.ts';

export const conversationItem = z.object({
  id: storable.min(1),
  agentId: storable.nullish(),
  phoneNumber: z.string(),
  participant: z.string(),
  lastMessageAt: time,
  lastMessagePreview: z.string().nullish(),
  messageCount: z.number().nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
});

export type Conversation = z.output<typeof conversationItem>;

const messageItem = z.object({
  id: storable.min(1),
  body: z.string().nullish(),
  direction: z.string(),
  channel: z.string().nullish(),
  mediaUrl: z.string().nullish(),
  mediaUrls: z.array(z.string()).nullish(),
  receivedAt: time,
  reactions: z
    .array(z.object({ reactionType: z.string(), fromNumber: z.string().nullish(), direction: z.string(), createdAt: z.string() }))
    .nullish(),
  replyTo: z.object({ messageId: z.string() }).nullish(),
  redactedAt: time.nullish(),
});

/** Reads a message of a conversation. One that is redacted has the key `redactedAt`, and an empty body. */
export function messageOf(item: unknown, conversation: Conversation, agent: { externalId: string; name: string } | null): ReadMessage {
  const read = readItem(messageItem, item);
  if ('problem' in read) return read;
  const { value: message } = read;
  const isRedacted = message.redactedAt != null;
  const media = message.mediaUrls ?? (message.mediaUrl == null ? [] : [message.mediaUrl]);
  return readMessage(message.id, {
    externalId: message.id,
    createdAt: message.receivedAt.toISOString(),
    direction: message.direction,
    body: isRedacted ? null : (message.body ?? ''),
    phoneNumber: conversation.phoneNumber,
    contactNumber: conversation.participant,
    channel: message.channel,
    mediaUrls: isRedacted ? [] : media,
    reactions: (message.reactions ?? []).map(({ reactionType, ...reaction }) => ({ type: reactionType, ...reaction })),
    replyTo: message.replyTo?.messageId,
    redactedAt: message.redactedAt?.toISOString(),
    agent,
    metadata: conversation.metadata,
  });
}

const placed = z.object({ receivedAt: z.string() });

/** Returns the `receivedAt` of an item as it was written; null if it has none. */
export function receivedAtOf(item: unknown): string | null {
  return placed.safeParse(item).data?.receivedAt ?? null;
}

/** Returns the next time with the same number of digits after the seconds. */
export function afterIt(receivedAt: string): string {
  const [, head = '', digits = '', offset = ''] = /^(.*?)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)?$/i.exec(receivedAt) ?? [];
  const next = (BigInt(`1${digits}`) + 1n).toString().slice(1);
  if (digits !== '' && !/^0+$/.test(next)) return `${head}.${next}${offset}`;
  return new Date(Math.floor(Date.parse(`${head}${offset || 'Z'}`) / 1_000 + 1) * 1_000).toISOString().replace('.000Z', 'Z');
}
