import { z } from 'zod';
import { maxTitle } from '../../values/name.ts';
import type { Client } from '../sync/client.ts';
import { fingerprintOf, type ListedItem, type MessagePage, type SourceContract } from '../sync/contract.ts';
import { readItem, storable, unixTime } from '../sync/shapes.ts';
import { overlappingPage, walkByOffset } from '../sync/walk-by-offset.ts';
import { messageOf } from './message.ts';
import { named, participant } from './person.ts';

const conversationPage = z.object({ data: z.array(z.unknown()), links: z.object({ next: z.string().nullable() }) });
const messagePage = z.object({ data: z.array(z.unknown()), meta: z.object({ next_cursor: storable.nullable() }) });

const latest = z.object({ id: z.number(), edited_at: z.number().nullish(), deleted: z.boolean().nullish(), message: z.string().nullish() });

const conversationItem = z.object({
  id: z.int(),
  type: z.string(),
  title: z.string().nullish(),
  updated_at: unixTime,
  latest_message: latest.nullish(),
  unread_message_count: z.int().nullish(),
  participants: z.array(participant).nullish(),
  archived_at: z.number().nullish(),
});

type Conversation = z.output<typeof conversationItem>;

const limit = 100;

export const ziik: SourceContract = { name: 'ziik', title: 'Ziik', order: 'newestFirst', conversations };

/** The list has numbered pages, so pages of other sizes are requested, which overlap. */
async function* conversations(client: Client): AsyncGenerator<ListedItem[]> {
  const pages = walkByOffset(async (met) => {
    const place = met === 0 ? { page: 1, limit } : overlappingPage(met, limit);
    const { data, links } = await client.getAs(conversationPage, '/conversations', place);
    return { items: data.map((item) => listedItem(client, item)), start: (place.page - 1) * place.limit, isLast: links.next === null };
  }, limit);
  yield* pages;
}

function listedItem(client: Client, item: unknown): ListedItem {
  const read = readItem(conversationItem, item);
  if ('problem' in read) return read;
  const { value: conversation } = read;
  const { id, title, updated_at, latest_message, unread_message_count, participants, archived_at } = conversation;
  const last = latest_message && [latest_message.id, latest_message.edited_at, latest_message.deleted, latest_message.message === ''];
  const people = (participants ?? []).map(named);
  return {
    id: String(id),
    name: String(id),
    lastActivity: updated_at,
    fingerprint: fingerprintOf(updated_at, last, title, unread_message_count, archived_at, people),
    details: {
      ...(titleOf(conversation) !== null && { title: titleOf(conversation) }),
      ...(archived_at !== undefined && { archived: archived_at !== null }),
      ...(unread_message_count != null &&
        latest_message != null && { unread: { count: unread_message_count, lastMessage: String(latest_message.id) } }),
    },
    readPage: (place) => readPage(client, conversation, place),
  };
}

async function readPage(client: Client, conversation: Conversation, cursor: string | null): Promise<MessagePage> {
  const path = `/conversations/${conversation.id}/messages`;
  const { data, meta } = await client.getAs(messagePage, path, { limit, cursor });
  const chat = {
    externalId: String(conversation.id),
    type: conversation.type === 'group' ? 'group' : 'direct',
    title: titleOf(conversation),
  };
  const people = new Map((conversation.participants ?? []).map((each) => [each.id, each]));
  return { messages: data.map((item) => messageOf(item, chat, people)), next: meta.next_cursor };
}

/** Null: the conversation is called by its participants. */
function titleOf({ title }: Conversation): string | null {
  return title == null || title.trim() === '' || title.length > maxTitle ? null : title;
}
