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

/** The contract as a client of its own would use it. */
export function client(parley: ReturnType<typeof useApp>) {
  /** A good answer, which has what its shape says, no more and no less. */
  async function get<Body>(shape: z.ZodType<Body>, key: string, path: string, query: Query = {}): Promise<Body> {
    const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    const response = await parley.fetch(`${path}?${search}`, key);
    const body = await response.json();
    expect(response.status, JSON.stringify(body)).toBe(200);
    shape.parse(body);
    // As it came: parsing would put its keys in the shape's order.
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
    /** A path of each route there is, of one conversation. */
    paths: (id: number) => contract.routes.map(({ path }) => path.replace('{conversation}', String(id))),
    /** The id of a tenant's conversation that was last written in. */
    latest,
    /** A tenant with a chat of two messages, whose id it is, and an older phone conversation. */
    async withChat(): Promise<{ tenant: Tenant; id: number }> {
      const tenant = await parley.tenant();
      await parley.importLines(tenant, [chatLine({}), chatLine({}), phoneLine({ createdAt: '2020-01-01T00:00:00Z' })]);
      return { tenant, id: await latest(tenant) };
    },
    refusal,
    /** The whole body, and the headers that every answer carries. */
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
