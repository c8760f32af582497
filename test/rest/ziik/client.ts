import { expect } from 'vitest';
import type { Tenant, useApp } from '../../support/harness.ts';

export interface Author {
  id: number;
  name: string;
  subtext: string;
  [field: string]: unknown;
}

export interface Message {
  id: number;
  conversationId: number;
  message: string;
  deleted: boolean;
  date: number;
  parent: Message | null;
  author: Author;
  files: Record<string, unknown>[];
  voice: Record<string, unknown> | null;
  reactions: Record<string, unknown>[];
  [field: string]: unknown;
}

export interface MessagePage {
  data: Message[];
  meta: { next_cursor: string | null; prev_cursor: string | null };
}

export interface Conversation {
  id: number;
  title: string;
  latest_message: Message | null;
  participants: Author[];
  [field: string]: unknown;
}

interface ConversationPage {
  data: Conversation[];
  links: { first: string; last: string; prev: string | null; next: string | null };
  meta: Record<string, unknown>;
}

type Query = Record<string, string | number>;

/** The contract as a client of its own would use it. */
export function client(parley: ReturnType<typeof useApp>) {
  async function get<Body>(key: string, path: string, query: Query = {}): Promise<Body> {
    const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    const response = await parley.fetch(`${path}?${search}`, key);
    const body = await response.json();
    expect(response.status, JSON.stringify(body)).toBe(200);
    return body as Body;
  }
  const conversations = (key: string, query: Query = {}) => get<ConversationPage>(key, '/conversations', query);
  return {
    get,
    conversations,
    conversation: (key: string, id: number) => get<Conversation>(key, `/conversations/${id}`),
    messages: (key: string, id: number, query: Query = {}) => get<MessagePage>(key, `/conversations/${id}/messages`, query),
    /** The id of a tenant's conversation that was last written in. */
    async latest({ key }: Tenant): Promise<number> {
      return (await conversations(key, { limit: 1 })).data[0]?.id ?? 0;
    },
    async refusal(path: string, key: string | null, init: RequestInit = {}) {
      const response = await parley.fetch(path, key, init);
      return { status: response.status, headers: response.headers, body: await response.json() };
    },
  };
}

/** The contract's body of a refusal. */
export function failure(code: string, message: unknown = expect.any(String)) {
  return { error: { code, message, is_ziik_error: true } };
}

/**
 * What a page may ask the database for: its list, and what its messages and those that they answer have, each relation once a level. Levels whose rows
 * come at the same moment, or are there already, are fewer.
 */
const statements: Readonly<Record<string, number>> = {
  conversations: 1,
  conversation_participants: 1,
  messages: 3,
  participants: 4,
  attachments: 2,
  reactions: 2,
};

export function expectStatements(labels: readonly string[]): void {
  const counts = [...Map.groupBy(labels, (label) => label)].map(([label, all]) => [label, all.length] as const);
  for (const [label, count] of counts) expect(count, label).toBeLessThanOrEqual(statements[label] ?? 0);
  expect(labels.length).toBeGreaterThan(0);
}
