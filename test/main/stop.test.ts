import { once } from 'node:events';
import { request } from 'node:http';
import { expect, test } from 'vitest';
import { Load } from './load.ts';
import { useServed } from './served.ts';

const served = useServed();

test.each(['0', '1'])('answers every request of keep-alive clients that write, with DRAIN_SECONDS=%s', async (DRAIN_SECONDS) => {
  const server = await served({ DRAIN_SECONDS });
  const load = new Load(server.origin, server.key, 8);
  await load.begun;
  server.signal('SIGTERM');
  await load.closed;
  expect(await server.exit).toBe(0);
  expect(server.output.stderr).not.toMatch(/"level":[45]0/);
  await expect(fetch(server.origin)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  const next = await served();
  expect(await missing(next, load.recorded)).toEqual([]);
});

test('serves on while DRAIN_SECONDS last, is not ready, and closes connections; a signal of another kind ends it at once', async () => {
  const server = await served({ DRAIN_SECONDS: '3600' });
  const stream = await openStream(server);
  expect((await fetch(`${server.origin}/ready`)).status).toBe(200);
  server.signal('SIGTERM');
  await server.until('stderr', /"stopping"/);
  const ready = await fetch(`${server.origin}/ready`);
  expect([ready.status, await ready.json()]).toEqual([503, { status: 'this gateway is being stopped' }]);
  expect((await fetch(`${server.origin}/health`)).status).toBe(200);
  const load = new Load(server.origin, server.key, 2);
  await expect(load.closed).resolves.toHaveLength(2);
  expect(load.recorded).toHaveLength(2);
  expect(await nextEvent(stream)).toContain('messageRecorded');
  server.signal('SIGINT');
  expect(await server.exit).toBe(1);
});

test('completes streams when the drain is over', async () => {
  const server = await served({ DRAIN_SECONDS: '1' });
  const stream = await openStream(server);
  server.signal('SIGTERM');
  expect(await stream.text()).toContain('event: complete');
  expect(await server.exit).toBe(0);
});

test('cuts off and logs what is not answered within GRACE_SECONDS', async () => {
  const server = await served({ GRACE_SECONDS: '1' });
  const headers = { authorization: `Bearer ${server.key}`, 'content-type': 'application/json', expect: '100-continue' };
  const begun = request(`${server.origin}/graphql?canary=secret`, { method: 'POST', headers });
  begun.write('{"');
  await once(begun, 'continue');
  const cut = once(begun, 'error');
  server.signal('SIGTERM');
  expect(await cut).toMatchObject([{ code: 'ECONNRESET' }]);
  expect(await server.exit).toBe(0);
  const line = server.output.stderr.split('\n').find((each) => each.includes('cut off')) ?? '{}';
  expect(JSON.parse(line)).toMatchObject({ signal: 'SIGTERM', count: 1, requests: [{ method: 'POST' }] });
  const own = server.output.stderr.split('\n').find((each) => each.includes('"msg":"request"')) ?? '{}';
  expect(JSON.parse(own)).toMatchObject({ route: '/graphql', status: null, aborted: true });
  expect(server.output.stderr).not.toContain('secret');
});

interface Server {
  origin: string;
  key: string;
}

function openStream({ origin, key }: Server): Promise<Response> {
  const headers = { accept: 'text/event-stream', authorization: `Bearer ${key}` };
  return fetch(`${origin}/graphql?query=subscription{messageRecorded{message{id}}}`, { headers });
}

/** Reads a stream until an event. */
async function nextEvent({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.includes('event: next')) break;
  }
  return text;
}

/** Returns the ids without a stored message. */
async function missing({ origin, key }: Server, ids: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (let from = 0; from < ids.length; from += 100) {
    const answer = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', variables: { ids: ids.slice(from, from + 100) } }),
    });
    for (const node of (await answer.json()).data.nodes) if (node !== null) found.add(node.id);
  }
  return ids.filter((id) => !found.has(id));
}
