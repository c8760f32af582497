// Each client receives the address and the key. A plain POST records messages, as another system would.
import { inject } from 'vitest';
import type { File } from './server.ts';

const origin = inject('origin');
export const url = `${origin}/graphql`;
export const socketUrl = url.replace('http', 'ws');

/** The key of one test file's organization. */
export function keyOf(file: File): string {
  return inject('keys')[file];
}

/** The headers of one test file's organization. */
export function headersOf(file: File): { authorization: string } {
  return { authorization: `Bearer ${keyOf(file)}` };
}

interface Recorded {
  conversation: { id: string };
  messages: { id: string; body: string }[];
}

/** Records messages with these bodies, a second apart, in the conversation with this contact; later calls come later. */
export async function record(file: File, contactNumber: string, bodies: readonly string[]): Promise<Recorded> {
  const query = `mutation ($messages: [RecordMessageInput!]!) {
    recordMessages(input: { messages: $messages }) { results { message { id body conversation { id } } } }
  }`;
  const messages = bodies.map((body) => messageInput(contactNumber, body));
  const { recordMessages } = await post(file, query, { messages });
  const recorded = recordMessages.results.map(({ message }: { message: unknown }) => message);
  return { conversation: recorded[0].conversation, messages: recorded };
}

let second = Date.parse('2026-01-01T00:00:00Z');

/** A message as `recordMessages` takes it, a second after the one before. */
export function messageInput(contactNumber: string, body: string) {
  second += 1_000;
  return {
    externalId: `${contactNumber} ${body}`,
    createdAt: new Date(second).toISOString(),
    direction: 'INBOUND' as const,
    phoneNumber: '+15550000001',
    contactNumber,
    body,
  };
}

// biome-ignore lint/suspicious/noExplicitAny: what a query gives is what the test says it is
async function post(file: File, query: string, variables: object): Promise<any> {
  const headers = { ...headersOf(file), 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

/** The texts `m00` to `m19` for 0 and 19: a part of a thread in its order. */
export function thread(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `m${String(from + index).padStart(2, '0')}`);
}
