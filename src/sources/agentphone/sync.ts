import { z } from 'zod';
import type { Client } from '../sync/client.ts';
import { fingerprintOf, type ListedItem, type MessagePage, type SourceContract } from '../sync/contract.ts';
import { RequestError } from '../sync/failures.ts';
import { readItem } from '../sync/shapes.ts';
import { walkByOffset } from '../sync/walk-by-offset.ts';
import { agentsOf } from './agents.ts';
import { afterIt, type Conversation, conversationItem, messageOf, receivedAtOf } from './message.ts';

const conversationPage = z.object({ data: z.array(z.unknown()), hasMore: z.boolean(), total: z.number() });
const messagePage = z.object({ data: z.array(z.unknown()), hasMore: z.boolean() });

const mostConversations = 100;
const mostMessages = 200;

export const agentPhone: SourceContract = { name: 'agentphone', title: 'AgentPhone', order: 'newestFirst', conversations };

/** The list is paged by position, so each page overlaps the one before it. */
async function* conversations(client: Client): AsyncGenerator<ListedItem[]> {
  const agentNamed = agentsOf(client);
  const pages = walkByOffset(async (met) => {
    const offset = Math.max(0, met - 1);
    const { data, hasMore } = await client.getAs(conversationPage, '/v1/conversations', { limit: mostConversations, offset });
    const items = data.map((item) => readItem(conversationItem, item));
    return { items: items.map((item) => ('value' in item ? item.value : item)), start: offset, isLast: !hasMore };
  }, mostConversations);
  for await (const page of pages) {
    const items: ListedItem[] = [];
    for (const item of page) items.push('problem' in item ? item : await listedItem(client, item, agentNamed));
    yield items;
  }
}

async function listedItem(client: Client, conversation: Conversation, agentNamed: ReturnType<typeof agentsOf>): Promise<ListedItem> {
  const { id, phoneNumber, participant, agentId, metadata, lastMessageAt, lastMessagePreview, messageCount } = conversation;
  const agent = agentId == null ? null : await agentNamed(agentId);
  return {
    id,
    name: `${phoneNumber} ↔ ${participant}`,
    lastActivity: lastMessageAt,
    fingerprint: fingerprintOf(lastMessageAt, messageCount, lastMessagePreview === '[redacted]', agentId, metadata),
    details: { agent, metadata: metadata ?? null },
    readPage: (place) => readPage(client, conversation, agent, place),
  };
}

/**
 * Reads the messages before a place, the newest first. A page begins with the oldest instant of the page before it: other servers may give one `receivedAt` to
 * several messages, and `before` excludes all of them.
 */
async function readPage(
  client: Client,
  conversation: Conversation,
  agent: { externalId: string; name: string } | null,
  before: string | null,
): Promise<MessagePage> {
  const path = `/v1/conversations/${encodeURIComponent(conversation.id)}/messages`;
  const { data, hasMore } = await client.getAs(messagePage, path, { limit: mostMessages, before });
  const messages = data.map((item) => messageOf(item, conversation, agent));
  const oldest = receivedAtOf(data.at(-1));
  if (!hasMore || oldest === null) return { messages, next: null };
  const next = afterIt(oldest);
  if (next === before) throw new RequestError(`${path}: more than ${mostMessages} messages have the same receivedAt`, null);
  return { messages, next };
}
