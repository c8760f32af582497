import { Stream } from '../modules/change/stream.ts';
import { comparable } from '../rest/all-routes.ts';
import type { useApp } from '../support/harness.ts';
import type { Operation } from './operations.ts';

/** Sends an operation; of a subscription the first event is taken. `stir` makes something happen once a stream is open. @returns the answer without what tells one request from the next, and without the value sent */
export async function answerTo(
  parley: ReturnType<typeof useApp>,
  key: string | null,
  operation: Operation,
  sent: string | number | null,
  stir: (() => Promise<void>) | null = null,
): Promise<Awaited<ReturnType<typeof comparable>>> {
  const subscribes = operation.query.startsWith('subscription');
  const response = await parley.fetch('/graphql', key, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(subscribes && { accept: 'text/event-stream' }) },
    body: JSON.stringify(operation),
  });
  const live = response.headers.get('content-type') === 'text/event-stream';
  if (stir && live) await stir();
  const whole = live && response.body ? new Response(await firstOf(response.body), response) : response;
  const answer = await comparable(whole);
  return sent === null ? answer : without(sent, answer);
}

/** An answer may repeat what it was asked for; of an integer, only in a link. */
export function without<Answer extends { text: string }>(sent: string | number, answer: Answer): Answer {
  const value = String(sent);
  const texts = /^\d+$/.test(value)
    ? [`=${value}`]
    : [value, encodeURIComponent(value), new URLSearchParams({ value }).toString().slice('value='.length)];
  return { ...answer, text: texts.reduce((text, each) => text.replaceAll(each, ''), answer.text) };
}

async function firstOf(body: ReadableStream<Uint8Array>): Promise<string> {
  const stream = new Stream(body);
  const first = JSON.stringify(await stream.next());
  await stream.close();
  return first;
}
