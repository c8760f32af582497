import { z } from 'zod';
import type { Client } from '../sync/client.ts';
import { fingerprintOf, type ListedItem, type MessagePage, type ReadMessage, readMessage, type SourceContract } from '../sync/contract.ts';
import { isRefusedPlace, onlyNewPlaces } from '../sync/failures.ts';
import { readItem, storable, time } from '../sync/shapes.ts';

const page = z.object({
  success: z.literal(true),
  data: z.array(z.unknown()),
  meta: z.object({ next_cursor: storable.nullable() }),
});

const conversationItem = z.object({
  id: storable.min(1),
  phone_number: z.string(),
  contact_number: z.string(),
  last_message_at: time,
  last_message_body_redacted_at: z.string().nullish(),
  message_count: z.number().nullish(),
  consent: z.object({ opted_in: z.boolean(), opted_in_at: time.nullish() }).nullish(),
});

type Conversation = z.output<typeof conversationItem>;

const messageItem = z.object({
  id: storable.min(1),
  direction: z.string(),
  body: z.string().nullable(),
  media_urls: z.array(z.string()).nullish(),
  channel: z.string(),
  segment_count: z.number().nullish(),
  status: z.string().nullish(),
  created_at: z.string(),
  redacted_at: z.string().nullish(),
});

const limit = 200;

export const agentMessage: SourceContract = {
  name: 'agentmessage',
  title: 'AgentMessage',
  order: 'oldestFirst',
  conversations: (client) => conversations(client),
};

/** A cursor stays right while conversations become active. If one is refused nevertheless, the list is read from its beginning, once. */
async function* conversations(client: Client, mayBeginAgain = true): AsyncGenerator<ListedItem[]> {
  let cursor: string | null = null;
  const toNew = onlyNewPlaces();
  do {
    const place: string | null = cursor;
    const read: z.output<typeof page> | null = await client.getAs(page, '/v1/conversations', { limit, cursor }).catch((error) => {
      if (!mayBeginAgain || !isRefusedPlace(error, place)) throw error;
      return null;
    });
    if (read === null) return yield* conversations(client, false);
    yield read.data.map((item) => listedItem(client, item));
    cursor = toNew(read.meta.next_cursor);
  } while (cursor !== null);
}

function listedItem(client: Client, item: unknown): ListedItem {
  const read = readItem(conversationItem, item);
  if ('problem' in read) return read;
  const { value } = read;
  const { id, phone_number, contact_number, last_message_at, last_message_body_redacted_at, message_count, consent } = value;
  return {
    id,
    name: `${phone_number} ↔ ${contact_number}`,
    lastActivity: last_message_at,
    fingerprint: fingerprintOf(last_message_at, message_count, last_message_body_redacted_at, consent),
    details: { consent: consent && { optedIn: consent.opted_in, optedInAt: consent.opted_in_at ?? null } },
    readPage: (place) => readPage(client, value, place),
  };
}

async function readPage(client: Client, conversation: Conversation, cursor: string | null): Promise<MessagePage> {
  const path = `/v1/conversations/${encodeURIComponent(conversation.id)}/messages`;
  const { data, meta } = await client.getAs(page, path, { limit, cursor });
  return { messages: data.map((item) => messageOf(item, conversation)), next: meta.next_cursor };
}

function messageOf(item: unknown, { phone_number, contact_number }: Conversation): ReadMessage {
  const read = readItem(messageItem, item);
  if ('problem' in read) return read;
  const { value: message } = read;
  // A null body means redacted or deleted, and nothing else.
  const redactedAt = message.redacted_at ?? (message.body === null ? message.created_at : null);
  return readMessage(message.id, {
    externalId: message.id,
    createdAt: message.created_at,
    direction: message.direction,
    body: redactedAt === null ? message.body : null,
    phoneNumber: phone_number,
    contactNumber: contact_number,
    channel: message.channel,
    status: message.direction === 'outbound' ? message.status : null,
    segmentCount: message.segment_count,
    mediaUrls: redactedAt === null ? (message.media_urls ?? []) : [],
    redactedAt,
  });
}
