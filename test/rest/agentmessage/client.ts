import { expect } from 'vitest';
import type { useApp } from '../../support/harness.ts';

export interface Item {
  id: string;
  [field: string]: unknown;
}

export interface Page {
  success: true;
  data: Item[];
  meta: { total: number; limit: number; offset: number; next_cursor: string | null };
}

interface Failure {
  success: false;
  error: { code: string; message: string; request_id: string; details?: Record<string, string> };
}

/** A client of the contract. */
export function client(parley: ReturnType<typeof useApp>) {
  async function list(key: string, path: string, query: Record<string, string | number> = {}): Promise<Page> {
    const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    const response = await parley.fetch(`${path}?${search}`, key);
    const body = await response.json();
    expect(response.status, JSON.stringify(body)).toBe(200);
    return body as Page;
  }
  return {
    conversations: (key: string, query: Record<string, string | number> = {}) => list(key, '/v1/conversations', query),
    messages: (key: string, id: string, query: Record<string, string | number> = {}) =>
      list(key, `/v1/conversations/${id}/messages`, query),
    /** Sends a request that is refused, and returns status and body. */
    async refusal(path: string, key: string | null, init: RequestInit = {}): Promise<{ status: number; headers: Headers } & Failure> {
      const response = await parley.fetch(path, key, init);
      const body = (await response.json()) as Failure;
      return { status: response.status, headers: response.headers, ...body };
    },
  };
}
