// The answers of each contract, without ids and cursors: two gateways that hold the same messages give the same ones.
import { expect } from 'vitest';
import type { useApp } from '../support/harness.ts';

type Parley = ReturnType<typeof useApp>;
// biome-ignore lint/suspicious/noExplicitAny: a walk reads the answers of three contracts
type Json = any;

/** Returns everything that a contract answers: each conversation with its messages, in one order whatever the ids are. */
export async function answersOf(contract: string, parley: Parley, key: string): Promise<Json[]> {
  const get = async (path: string): Promise<Json> => {
    const response = await parley.fetch(`/${contract}/${path}`, key);
    const text = await response.text();
    expect(response.status, text).toBe(200);
    return JSON.parse(text);
  };
  const list = lists[contract];
  if (list === undefined) throw new Error(`no contract ${contract}`);
  const conversations: Json[] = [];
  for (const { id, ...conversation } of await list(get, null)) {
    const messages = await list(get, id);
    const participants = conversation.participants?.toSorted((one: Json, other: Json) => (one.name < other.name ? -1 : 1));
    conversations.push(withoutIds({ ...conversation, participants, messages }));
  }
  return conversations.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

type Get = (path: string) => Promise<Json>;

/** Reads the whole list of conversations (null), or of the messages of one. */
const lists: Record<string, (get: Get, conversation: string | number | null) => Promise<Json>> = {
  agentmessage: async (get, conversation) => {
    const path = conversation === null ? 'v1/conversations' : `v1/conversations/${conversation}/messages`;
    const items: Json[] = [];
    for (let cursor = ''; ; ) {
      const { data, meta } = await get(`${path}?limit=200${cursor}`);
      items.push(...data);
      if (meta.next_cursor === null) return items;
      cursor = `&cursor=${meta.next_cursor}`;
    }
  },
  agentphone: async (get, conversation) => {
    const items: Json[] = [];
    for (;;) {
      const place = conversation === null ? `?limit=100&offset=${items.length}` : `/${conversation}/messages?limit=200`;
      const before = conversation === null || items.length === 0 ? '' : `&before=${items.at(-1).receivedAt}`;
      const { data, hasMore } = await get(`v1/conversations${place}${before}`);
      items.push(...data);
      if (!hasMore) return items;
    }
  },
  ziik: async (get, conversation) => {
    const items: Json[] = [];
    for (let page = 1, cursor = ''; ; page++) {
      const path =
        conversation === null ? `conversations?limit=100&page=${page}` : `conversations/${conversation}/messages?limit=100${cursor}`;
      const { data, links, meta } = await get(path);
      items.push(...data);
      if ((conversation === null ? links.next : meta.next_cursor) === null) return items;
      cursor = `&cursor=${meta.next_cursor}`;
    }
  },
};

const ids = ['id', 'messageId', 'conversationId', 'phone_number_id', 'phoneNumberId', 'agentId'];

/** An id becomes true, and a missing one stays null. */
function withoutIds(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutIds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, ids.includes(name) ? each !== null : withoutIds(each)]));
}
