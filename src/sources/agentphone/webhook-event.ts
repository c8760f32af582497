import { z } from 'zod';
import { type ReadMessage, readMessage } from '../sync/contract.ts';
import { readItem, storable, time } from '../sync/shapes.ts';

const messageEvent = z.object({
  event: z.literal('agent.message'),
  channel: z.string(),
  agentId: storable.min(1).nullish(),
  data: z.object({
    messageId: storable.min(1),
    from: storable,
    to: storable,
    contact: z.object({ name: z.string().nullish(), phoneNumber: storable }).nullish(),
    message: z.string().nullish(),
    mediaUrl: z.string().nullish(),
    mediaUrls: z.array(z.string()).nullish(),
    direction: z.enum(['inbound', 'outbound']),
    receivedAt: time,
  }),
  conversationState: z.record(z.string(), z.unknown()).nullish(),
});

const reactionEvent = z.object({
  event: z.literal('agent.reaction'),
  data: z.object({
    messageId: storable.min(1),
    reactionType: z.string(),
    fromNumber: storable,
    direction: z.enum(['inbound', 'outbound']),
    createdAt: time,
  }),
});

export type MessageEvent = z.output<typeof messageEvent>;
export type ReactionEvent = z.output<typeof reactionEvent>;

/** A webhook, or the reason why it cannot be read. `ignored`: an event that has no place here, such as a call. */
type ReadEvent = MessageEvent | ReactionEvent | { event: 'ignored' } | { event: 'unreadable'; problem: string };

const named = z.object({ event: z.string(), channel: z.string().nullish() });

/** Reads the body of a webhook. Keys that it does not know are ignored: the vendor may have more of them than its documents. */
export function readEvent(body: unknown): ReadEvent {
  const { success, data } = named.safeParse(body);
  if (!success) return { event: 'unreadable', problem: 'the body is no event' };
  const schema = data.event === 'agent.message' ? messageEvent : data.event === 'agent.reaction' ? reactionEvent : null;
  if (schema === null || data.channel === 'voice') return { event: 'ignored' };
  const read = readItem<typeof messageEvent | typeof reactionEvent>(schema, body);
  return 'problem' in read ? { event: 'unreadable', problem: read.problem } : read.value;
}

/** Reads the message of an event as a copy of the vendor's list has it, so that the two are one. @param agent of the conversation */
export function messageOf(
  { channel, data, conversationState }: MessageEvent,
  agent: { externalId: string; name: string } | null,
): ReadMessage {
  const [phoneNumber, contactNumber] = data.direction === 'inbound' ? [data.to, data.from] : [data.from, data.to];
  return readMessage(data.messageId, {
    externalId: data.messageId,
    createdAt: data.receivedAt.toISOString(),
    direction: data.direction,
    body: data.message ?? '',
    phoneNumber,
    contactNumber,
    channel,
    mediaUrls: data.mediaUrls ?? (data.mediaUrl == null ? [] : [data.mediaUrl]),
    agent,
    metadata: conversationState,
  });
}
