import type { GraphQLAnswer, useApp } from '../support/harness.ts';

/** Sends a body to GraphQL, as JSON unless `headers` say otherwise. @returns the answer with its status and headers */
export async function post(parley: ReturnType<typeof useApp>, key: string | null, body: BodyInit, headers: Record<string, string> = {}) {
  const response = await parley.fetch('/graphql', key, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    duplex: 'half',
  } as RequestInit);
  const text = await response.text();
  return { status: response.status, headers: response.headers, answer: JSON.parse(text) as GraphQLAnswer };
}
