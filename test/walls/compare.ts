import { Stream } from '../modules/change/stream.ts';
import { comparable } from '../rest/all-routes.ts';
import type { useApp } from '../support/harness.ts';
import type { Operation } from './operations.ts';

/** Sends an operation, and takes the first event of a subscription. `stir` causes an event once a stream is open. @returns the answer without what differs from request to request, and without the value sent */
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

/** Removes the sent value, which an answer may repeat; an integer only in a link. */
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
