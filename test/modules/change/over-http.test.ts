// Streams over real connections, by both ways through Node's http server: a POST with a length goes straight to Yoga, everything else as a fetch.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { feedClosed } from './feed-closed.ts';
import { Stream } from './stream.ts';

const parley = useApp();
const query = 'subscription { messageRecorded { message { body } } }';
let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => parley.app.handler(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
});
afterAll(() => {
  server?.closeAllConnections();
  server?.close();
});

const headers = ({ key }: Tenant) => ({ authorization: `Bearer ${key}`, accept: 'text/event-stream', 'content-type': 'application/json' });
const requests: [string, (tenant: Tenant, signal?: AbortSignal) => Promise<Response>][] = [
  ['POST', (tenant, signal) => fetch(origin, { method: 'POST', headers: headers(tenant), body: JSON.stringify({ query }), signal })],
  ['GET', (tenant, signal) => fetch(`${origin}?query=${encodeURIComponent(query)}`, { headers: headers(tenant), signal })],
];

async function open(response: Response): Promise<Stream> {
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  if (response.body === null) throw new Error('a stream without a body');
  return new Stream(response.body);
}

test.each(requests)('a stream over %s sends events, and is closed when its client disconnects', async (_name, request) => {
  const tenant = await parley.tenant();
  const disconnect = new AbortController();
  const stream = await open(await request(tenant, disconnect.signal));
  await parley.importLines(tenant, [phoneLine({ body: 'hello' })]);
  expect(await stream.take()).toEqual({ message: { body: 'hello' } });
  disconnect.abort();
  // The gateway notices it at the latest when it writes the next comment that keeps the connection alive.
  await feedClosed(parley, tenant);
});

test('a HEAD request leaves no open stream', async () => {
  const tenant = await parley.tenant();
  const answer = await fetch(`${origin}?query=${encodeURIComponent(query)}`, { method: 'HEAD', headers: headers(tenant) });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  await feedClosed(parley, tenant);
});

test('when the gateway stops, streams complete and no new one begins', async () => {
  const tenant = await parley.tenant();
  const streams = await Promise.all(requests.map(async ([, request]) => open(await request(tenant))));
  parley.app.endStreams();
  for (const stream of streams) expect(await stream.next()).toBeNull();
  const refused = await open(await (requests[0] ?? expect.fail())[1](tenant));
  expect(await refused.next()).toMatchObject({ errors: [{ message: 'temporarily unavailable' }] });
});
