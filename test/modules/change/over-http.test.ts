// Over real connections, both ways through Node's http server: what is posted with a length goes straight to Yoga, the rest as a fetch.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { nobodyFollows } from './nobody-follows.ts';
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
const ways: [string, (tenant: Tenant, signal?: AbortSignal) => Promise<Response>][] = [
  ['posted', (tenant, signal) => fetch(origin, { method: 'POST', headers: headers(tenant), body: JSON.stringify({ query }), signal })],
  ['got', (tenant, signal) => fetch(`${origin}?query=${encodeURIComponent(query)}`, { headers: headers(tenant), signal })],
];

async function open(response: Response): Promise<Stream> {
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  if (response.body === null) throw new Error('a stream without a body');
  return new Stream(response.body);
}

test.each(ways)('a stream that is %s; who hangs up is followed no more', async (_name, ask) => {
  const tenant = await parley.tenant();
  const hangUp = new AbortController();
  const stream = await open(await ask(tenant, hangUp.signal));
  await parley.importLines(tenant, [phoneLine({ body: 'heard' })]);
  expect(await stream.take()).toEqual({ message: { body: 'heard' } });
  hangUp.abort();
  // Noticed at the latest when the next comment is written that keeps the connection alive.
  await nobodyFollows(parley, tenant);
});

test('asked for its headers alone, a stream is followed by nobody', async () => {
  const tenant = await parley.tenant();
  const answer = await fetch(`${origin}?query=${encodeURIComponent(query)}`, { method: 'HEAD', headers: headers(tenant) });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  await nobodyFollows(parley, tenant);
});

test('when the gateway is to stop, streams are complete and no new one begins', async () => {
  const tenant = await parley.tenant();
  const streams = await Promise.all(ways.map(async ([, ask]) => open(await ask(tenant))));
  parley.app.endStreams();
  for (const stream of streams) expect(await stream.next()).toBeNull();
  const refused = await open(await (ways[0] ?? expect.fail())[1](tenant));
  expect(await refused.next()).toMatchObject({ errors: [{ message: 'temporarily unavailable' }] });
});
