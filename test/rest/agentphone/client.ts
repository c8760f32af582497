import { expect } from 'vitest';
import type { z } from 'zod';
import type { Scope } from '../../../src/auth/scopes.ts';
import { newSecret } from '../../../src/auth/secret.ts';
import { createApiKey } from '../../../src/modules/api-key/commands/create.ts';
import type { agent, agentConversationList } from '../../../src/rest/agentphone/agents.ts';
import type { background } from '../../../src/rest/agentphone/background.ts';
import type { contact } from '../../../src/rest/agentphone/contacts.ts';
import { agentphone } from '../../../src/rest/agentphone/contract.ts';
import type { detail } from '../../../src/rest/agentphone/conversation.ts';
import type { conversationList } from '../../../src/rest/agentphone/conversations.ts';
import type { messageList } from '../../../src/rest/agentphone/messages.ts';
import type { number, numberMessageList } from '../../../src/rest/agentphone/numbers.ts';
import type { Tenant, useApp } from '../../support/harness.ts';

type Query = Record<string, string | number>;
type Detail = z.output<typeof detail>;
export type MessageList = z.output<typeof messageList>;
export type Message = MessageList['data'][number];
type NumberMessageList = z.output<typeof numberMessageList>;
interface List<Item extends z.ZodType> {
  data: z.output<Item>[];
  hasMore: boolean;
  total: number;
}

/** A client of the contract. Every successful answer is compared with the shape that its route declares. */
export function client(parley: ReturnType<typeof useApp>) {
  async function ask<Answer>(key: string, method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await parley.fetch(`/agentphone${path}`, key, { method, ...(body !== undefined && json(body)) });
    const answer = await response.json();
    expect(response.status, JSON.stringify(answer)).toBe(200);
    expect(shapeOf(method, path).safeParse(answer).error).toBeUndefined();
    return answer as Answer;
  }
  const conversations = (key: string, query: Query = {}) =>
    ask<z.output<typeof conversationList>>(key, 'GET', `/v1/conversations${searchOf(query)}`);
  return {
    conversations,
    conversation: (key: string, id: string, query: Query = {}) => ask<Detail>(key, 'GET', `/v1/conversations/${id}${searchOf(query)}`),
    update: (key: string, id: string, body: object) => ask<Detail>(key, 'PATCH', `/v1/conversations/${id}`, body),
    messages: (key: string, id: string, query: Query = {}) =>
      ask<MessageList>(key, 'GET', `/v1/conversations/${id}/messages${searchOf(query)}`),
    type: (key: string, id: string) => ask<object>(key, 'POST', `/v1/conversations/${id}/typing`),
    setBackground: (key: string, id: string, image_url: string) =>
      ask<z.output<typeof background>>(key, 'POST', `/v1/conversations/${id}/background`, { image_url }),
    removeBackground: (key: string, id: string) => parley.fetch(`/agentphone/v1/conversations/${id}/background`, key, { method: 'DELETE' }),
    ofAgent: (key: string, id: string, query: Query = {}) =>
      ask<z.output<typeof agentConversationList>>(key, 'GET', `/v1/agents/${id}/conversations${searchOf(query)}`),
    ofNumber: (key: string, id: string, query: Query = {}) =>
      ask<NumberMessageList>(key, 'GET', `/v1/numbers/${id}/messages${searchOf(query)}`),
    numbers: (key: string, query: Query = {}) => ask<List<typeof number>>(key, 'GET', `/v1/numbers${searchOf(query)}`),
    number: (key: string, id: string) => ask<z.output<typeof number>>(key, 'GET', `/v1/numbers/${id}`),
    agents: (key: string, query: Query = {}) => ask<Omit<List<typeof agent>, 'hasMore'>>(key, 'GET', `/v1/agents${searchOf(query)}`),
    agent: (key: string, id: string) => ask<z.output<typeof agent>>(key, 'GET', `/v1/agents/${id}`),
    contacts: (key: string, query: Query = {}) => ask<List<typeof contact>>(key, 'GET', `/v1/contacts${searchOf(query)}`),
    /** Returns the id of a tenant's most recent conversation. */
    async latest({ key }: Tenant): Promise<string> {
      return (await conversations(key, { limit: 1 })).data[0]?.id ?? '';
    },
    async refusal(path: string, key: string | null, init: RequestInit = {}) {
      const response = await parley.fetch(path, key, init);
      return { status: response.status, headers: response.headers, body: await response.json() };
    },
    /** Creates a key with the contract's prefix. */
    async key(
      tenant: Tenant,
      scopes: readonly Scope[] = ['conversations:read', 'conversations:write', 'webhooks:read', 'webhooks:write'],
    ): Promise<string> {
      const secret = newSecret('agentphone');
      await createApiKey(parley.app.database, tenant.id, { secret, name: 'test', scopes, expiresAt: null });
      return secret;
    },
  };
}

export function json(body: unknown): RequestInit {
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}

/** Returns the contract's body of a refusal with one sentence. */
export function failure(code: string, type: string) {
  const message = expect.any(String);
  return { detail: message, error: { message, code, type } };
}

/** Returns the contract's body for malformed input. `name`: the parameter or key; '' is the body as a whole. */
export function malformed(part: 'query' | 'body', ...names: string[]) {
  const problem = { type: 'value_error' };
  const msg = expect.stringMatching(/^(must |.* is a number )/);
  return {
    detail: names.map((name) => ({ loc: name === '' ? [part] : [part, name], msg, ...problem })),
    error: {
      message: expect.any(String),
      code: 'VALIDATION_ERROR',
      type: 'validation_error',
      details: names.map((name) => ({ field: name || part, message: msg, ...problem })),
    },
  };
}

function searchOf(query: Query): string {
  return `?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))}`;
}

function shapeOf(method: string, path: string): z.ZodType {
  const [pathname] = path.split('?');
  const route = agentphone.routes.find(
    (each) => each.method === method && new RegExp(`^${each.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname ?? ''),
  );
  if (!route?.response) throw new Error(`no route describes ${method} ${path}`);
  return route.response;
}
