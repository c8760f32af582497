// The answers of each contract, without ids and cursors: two gateways that hold the same messages give the same ones.
import { expect } from 'vitest';
import type { useApp } from '../support/harness.ts';

type Parley = ReturnType<typeof useApp>;
// biome-ignore lint/suspicious/noExplicitAny: a walk reads the answers of three contracts
type Json = any;

/** Reads everything that a contract answers: each conversation with its messages. */
export const walks: Record<string, (parley: Parley, key: string) => Promise<Json[]>> = {
  agentmessage: async (parley, key) => {
    const list = async (path: string) => {
      const items: Json[] = [];
      for (let cursor: string | null = null; ; ) {
        const { data, meta } = await get(parley, key, `/agentmessage/v1/${path}?limit=200${cursor === null ? '' : `&cursor=${cursor}`}`);
        items.push(...data);
        if (meta.next_cursor === null) return items;
        cursor = meta.next_cursor;
      }
    };
    const conversations = await list('conversations');
    return Promise.all(
      conversations.map(async ({ id, phone_number_id: _, ...conversation }) => ({
        ...conversation,
        messages: (await list(`conversations/${id}/messages`)).map(({ id: _id, phone_number_id: _number, ...message }) => message),
      })),
    );
  },
};

/** Both gateways list conversations of the same activity in the order of their own ids. */
export function sorted(conversations: Json[]): Json[] {
  return conversations.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

async function get(parley: Parley, key: string, path: string): Promise<Json> {
  const response = await parley.fetch(path, key);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return JSON.parse(text);
}
