import { expect } from 'vitest';
import type { z } from 'zod';
import { ziik as contract } from '../../../src/rest/ziik/contract.ts';
import { conversation } from '../../../src/rest/ziik/conversation.ts';
import { conversationPage } from '../../../src/rest/ziik/conversations.ts';
import { messagePage } from '../../../src/rest/ziik/messages.ts';
import type { Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';

export type MessagePage = z.output<typeof messagePage>;
export type Message = MessagePage['data'][number];

type Query = Record<string, string | number>;

/** A client of the contract. */
export function client(parley: ReturnType<typeof useApp>) {
  /** Sends a request, and returns the answer, which must have exactly its documented shape. */
  async function get<Body>(shape: z.ZodType<Body>, key: string, path: string, query: Query = {}): Promise<Body> {
    const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    const response = await parley.fetch(`${path}?${search}`, key);
    const body = await response.json();
    expect(response.status, JSON.stringify(body)).toBe(200);
    shape.parse(body);
    // The unparsed answer: the parsed one has its keys in the shape's order.
    return body as Body;
  }
  async function refusal(path: string, key: string | null, init: RequestInit = {}) {
    const response = await parley.fetch(path, key, init);
    return { status: response.status, headers: response.headers, body: await response.json() };
  }
  const conversations = (key: string, query: Query = {}) => get(conversationPage, key, '/conversations', query);
  async function latest({ key }: Tenant): Promise<number> {
    return (await conversations(key, { limit: 1 })).data[0]?.id ?? 0;
  }
  return {
    conversations,
    conversation: (key: string, id: number) => get(conversation, key, `/conversations/${id}`),
    messages: (key: string, id: number, query: Query = {}) => get(messagePage, key, `/conversations/${id}/messages`, query),
    /** A path of each route, of one conversation. */
    paths: (id: number) => contract.routes.map(({ path }) => path.replace('{conversation}', String(id))),
    /** Returns the id of a tenant's most recent conversation. */
    latest,
    /** Returns a tenant with an older phone conversation and a chat of two messages, and the id of the chat. */
    async withChat(): Promise<{ tenant: Tenant; id: number }> {
      const tenant = await parley.tenant();
      await parley.importLines(tenant, [chatLine({}), chatLine({}), phoneLine({ createdAt: '2020-01-01T00:00:00Z' })]);
      return { tenant, id: await latest(tenant) };
    },
    refusal,
    /** Checks the whole body, and the headers of every answer. */
    async expectRefusal(path: string, key: string | null, status: number, code: string, init: RequestInit = {}): Promise<void> {
      const { headers, ...refused } = await refusal(path, key, init);
      expect(refused, path).toEqual({ status, body: failure(code) });
      expect(headers.get('content-type')).toBe('application/json');
      expect(headers.get('cache-control')).toBe('private, no-store');
      expect(headers.get('vary')).toBe('Authorization');
      expect(headers.get('x-request-id')).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
    },
  };
}

/** The contract's body of a refusal. */
export function failure(code: string, message: unknown = expect.any(String)) {
  return { error: { code, message, is_ziik_error: true } };
}

/**
 * The most statements that a page may run: one for the list, and one for each relation at each level of messages and the messages that they answer.
 * Levels whose rows are loaded at the same moment share a statement.
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
