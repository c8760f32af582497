// The behaviour of WebSockets alone: the key in connection_init, closing codes, limits of sockets. Subscriptions are tested over both transports in
// test/modules/change/.
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { revokeApiKey } from '../../src/modules/api-key/commands/revoke.ts';
import { openSocket, SocketStream, socketClient, socketUrl } from '../modules/change/socket-stream.ts';
import { openStream } from '../modules/change/stream.ts';
import { within } from '../modules/change/within.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';

const parley = useApp({ maxStreams: { perKey: 20, perOrganization: 22 } });
const recorded = 'subscription { messageRecorded { message { body } } }';
const init = (key: string) => JSON.stringify({ type: 'connection_init', payload: { apiKey: key } });

/** A raw socket, without the protocol of a client library. */
async function rawSocket() {
  const socket = new WebSocket(await socketUrl(parley.app), 'graphql-transport-ws').on('error', () => {});
  onTestFinished(() => socket.terminate());
  const messages: { type: string; payload?: unknown }[] = [];
  socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  const closed = once(socket, 'close').then(([code, reason]) => [code, String(reason)]);
  await once(socket, 'open');
  return { socket, messages, closed: () => within(closed) };
}

/** A socket with an accepted key. */
async function accepted(key: string) {
  const raw = await rawSocket();
  raw.socket.send(init(key));
  await once(raw.socket, 'message');
  return raw;
}

/** Sends messages at once, before the first takes effect. */
function sendTogether(socket: WebSocket, messages: readonly string[]) {
  const stream: Socket = Reflect.get(socket, '_socket');
  stream.cork();
  for (const message of messages) socket.send(message);
  stream.uncork();
}

async function ask(params: Record<string, unknown>, query: string, variables = {}) {
  const stream = new SocketStream(await socketClient(parley.app, params), query, variables);
  return [await stream.next(), await stream.next()];
}

/** Resolves once the tenant has no open stream. */
async function followedNoMore(tenant: Tenant) {
  for (let following = true; following; ) {
    following = (await parley.statements(() => parley.importLines(tenant, [phoneLine({})]))).includes('events_read');
  }
}

test.each<[string, (key: string) => Record<string, unknown>]>([
  ['Authorization', (key) => ({ Authorization: `Bearer ${key}` })],
  ['authorization', (key) => ({ authorization: `bearer ${key}`, other: 1 })],
  ['apiKey', (key) => ({ apiKey: key })],
])('accepts a key in connectionParams, %s, for queries and mutations too', async (_name, params) => {
  const tenant = await parley.tenant();
  const answers = await ask(params(tenant.key), '{ viewer { name } }');
  expect(answers).toEqual([{ data: { viewer: { name: 'test' } }, extensions: { cost: expect.any(Object) } }, null]);
  const create = 'mutation { createApiKey(input: {name: "A", scopes: ["conversations:read"]}) { apiKey { name } } }';
  expect((await ask(params(tenant.key), create))[0]).toMatchObject({ data: { createApiKey: { apiKey: { name: 'A' } } } });
});

test.each<[string, (key: string) => Record<string, unknown>]>([
  ['none', () => ({})],
  ['an unknown one', () => ({ apiKey: 'am_live_0000000000000000000000000000000' })],
  ['no scheme', (key) => ({ Authorization: key })],
  ['no text', (key) => ({ apiKey: { key } })],
  ['two', (key) => ({ apiKey: key, Authorization: `Bearer ${key}` })],
])('closes a socket without a valid key, %s, with 4401', async (_name, params) => {
  const { key } = await parley.tenant();
  const reason = 'a valid API key is needed: send connectionParams {"Authorization": "Bearer <key>"} or {"apiKey": "<key>"}';
  await expect(ask(params(key), '{ viewer { name } }')).rejects.toMatchObject({ code: 4401, reason });
});

test.each<[string, readonly (string | Buffer)[], number]>([
  ['an operation before the key', ['{"id": "1", "type": "subscribe", "payload": {"query": "{ viewer { name } }"}}'], 4401],
  ['two keys, one after the other', ['{"type": "connection_init"}', '{"type": "connection_init"}'], 4429],
  ['no JSON', ['{'], 4400],
  ['bytes that are no text', [Buffer.from([0xff])], 4400],
  ['a message that only a server sends', ['{"id": "1", "type": "complete"}', '{"id": "1", "type": "next", "payload": {}}'], 4400],
  ['more than 16 KiB before the key', [' '.repeat(17_000)], 1009],
])('closes the socket of a client that sends %s with its code', async (_what, messages, code) => {
  const { socket, closed } = await rawSocket();
  for (const message of messages) socket.send(message);
  expect((await closed())[0]).toBe(code);
});

test('answers a short ping after the subscriptions before it have begun, one ping at a time', async () => {
  const { key } = await parley.tenant();
  const [patient, hasty, long] = [await accepted(key), await accepted(key), await accepted(key)];
  const subscribe = JSON.stringify({ id: '1', type: 'subscribe', payload: { query: recorded } });
  const ping = (note: string) => JSON.stringify({ type: 'ping', payload: { note } });
  for (const note of ['a', 'x'.repeat(1_024)]) {
    patient.socket.send(ping(note));
    await within(once(patient.socket, 'message'));
    expect(patient.messages.at(-1)).toEqual({ type: 'pong', payload: { note } });
  }
  sendTogether(hasty.socket, [subscribe, ping('a'), ping('b')]);
  expect(await hasty.closed()).toEqual([4429, 'a ping waits for its pong: send no other before it']);
  for (const message of [ping('x'.repeat(1_200)), '{"type": "ping"}']) long.socket.send(message);
  expect(await long.closed()).toEqual([4400, 'a ping has at most 1200 characters']);
});

test('accepts messages of 4 MiB, as of bodies, and closes the socket for longer ones', async () => {
  const tenant = await parley.tenant();
  const fits = { id: '1', type: 'subscribe', payload: { query: '{ viewer { name } }', extensions: { filled: 'x'.repeat(4_000_000) } } };
  const { socket, messages, closed } = await accepted(tenant.key);
  socket.send(JSON.stringify(fits));
  await once(socket, 'message');
  expect(messages[1]).toMatchObject({ id: '1', payload: { data: { viewer: { name: 'test' } } } });
  socket.send('x'.repeat(4 * 1024 * 1024 + 1));
  expect((await closed())[0]).toBe(1009);
});

test('counts incomplete messages of an organization with its incomplete bodies', async () => {
  const tenant = await parley.tenant();
  const sockets = await Promise.all(Array.from({ length: 17 }, () => accepted(tenant.key)));
  const closed = sockets.map(async ({ closed }) => closed());
  // 4 million bytes each: the bound is 64 MiB. A ping and a pong may come between the parts of a message, and do not complete it.
  for (const { socket } of sockets.slice(1)) {
    socket.send('x'.repeat(4_000_000), { fin: false });
    socket.pong();
    socket.ping();
  }
  await Promise.all(sockets.slice(1).map(({ socket }) => within(once(socket, 'pong'))));
  sockets[0]?.socket.send('x'.repeat(4_000_000), { fin: false });
  expect(await Promise.race(closed)).toEqual([1013, 'too many incomplete messages of this organization: send again later']);
});

test('limits the sockets of a key and of an organization; closing one allows another', async () => {
  const tenant = await parley.tenant();
  const other = await parley.key(tenant.id);
  const sockets = await Promise.all(Array.from({ length: 20 }, () => accepted(tenant.key)));
  const refused = async (key: string) => {
    const { socket, closed } = await rawSocket();
    socket.send(init(key));
    return closed();
  };
  expect(await refused(tenant.key)).toEqual([1013, 'this API key has 20 sockets open already: close one, then connect again']);
  for (let nth = 0; nth < 2; nth++) await accepted(other);
  expect(await refused(other)).toEqual([1013, 'this organization has 22 sockets open already: close one, then connect again']);
  sockets[0]?.socket.close();
  await sockets[0]?.closed();
  await accepted(other);
});

test('counts streams over sockets and over HTTP together, and the operations of a socket', async () => {
  const tenant = await parley.tenant();
  const [first, second] = [await accepted(tenant.key), await accepted(tenant.key)];
  const subscribe = (id: string) => JSON.stringify({ id, type: 'subscribe', payload: { query: recorded } });
  const event = await openStream(parley.app, tenant.key, recorded);
  for (let nth = 0; nth < 19; nth++) first.socket.send(subscribe(`s${nth}`));
  first.socket.send('{"type": "ping"}');
  await once(first.socket, 'message');
  for (const [socket, message] of [
    [first, 'this API key has 20 streams open already: close one, then subscribe again'],
    [second, 'this API key has 20 streams open already: close one, then subscribe again'],
  ] as const) {
    socket.socket.send(subscribe('late'));
    await once(socket.socket, 'message');
    expect(socket.messages.at(-1)).toMatchObject({
      id: 'late',
      type: 'error',
      payload: [{ message, extensions: { code: 'RATE_LIMITED' } }],
    });
  }
  await event.close();
  first.socket.send(subscribe('s19'));
  first.socket.send(subscribe('s20'));
  await once(first.socket, 'message');
  const message = 'this socket has 20 operations open already: complete one, then subscribe again';
  expect(first.messages.at(-1)).toMatchObject({ id: 's20', payload: [{ message, extensions: { code: 'RATE_LIMITED' } }] });
});

test('ends an operation that is completed before it begins when it begins, and counts it until then', async () => {
  const tenant = await parley.tenant();
  const { socket, messages } = await accepted(tenant.key);
  const both = (id: string) => [
    JSON.stringify({ id, type: 'subscribe', payload: { query: recorded } }),
    JSON.stringify({ id, type: 'complete' }),
  ];
  sendTogether(
    socket,
    Array.from({ length: 21 }, (_none, nth) => both(`s${nth}`))
      .flat()
      .slice(0, -1),
  );
  await within(once(socket, 'message'));
  const message = 'this socket has 20 operations open already: complete one, then subscribe again';
  expect(messages.at(-1)).toMatchObject({ id: 's20', type: 'error', payload: [{ message }] });
  await followedNoMore(tenant);
  expect(socket.readyState).toBe(WebSocket.OPEN);
});

test('allows the id of an ended operation again, and closes the socket for the id of an open one', async () => {
  const tenant = await parley.tenant();
  const { socket, messages, closed } = await accepted(tenant.key);
  const query = JSON.stringify({ id: '1', type: 'subscribe', payload: { query: '{ viewer { name } }' } });
  for (const _time of ['first', 'second']) {
    socket.send(query);
    while (messages.at(-1)?.type !== 'complete') await within(once(socket, 'message'));
    expect(messages.splice(1)).toMatchObject([{ type: 'next' }, { type: 'complete' }]);
  }
  const subscribe = JSON.stringify({ id: '1', type: 'subscribe', payload: { query: recorded } });
  const complete = '{"id": "1", "type": "complete"}';
  sendTogether(socket, [subscribe, complete, subscribe, complete, subscribe]);
  expect(await closed()).toEqual([4409, 'an operation with this id has not ended']);
  await followedNoMore(tenant);
});

test('limits the length of an operation’s id', async () => {
  const { key } = await parley.tenant();
  const { socket, messages } = await accepted(key);
  socket.send(JSON.stringify({ id: 'x'.repeat(201), type: 'subscribe', payload: { query: '{ viewer { name } }' } }));
  await once(socket, 'message');
  expect(messages.at(-1)).toMatchObject({ type: 'error', payload: [{ message: "an operation's id has at most 200 characters" }] });
});

test('a refused operation costs 1, as over HTTP', async () => {
  const tenant = await parley.tenant();
  const key = await parley.key(tenant.id, undefined, null, 100);
  const { socket, messages } = await accepted(key);
  const refused: [string, string][] = [
    ['1', '{'],
    ['2', '{ nothing }'],
    ['x'.repeat(201), '{ viewer { name } }'],
  ];
  for (const [id, query] of refused) {
    socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query } }));
    await within(once(socket, 'message'));
    expect(messages.at(-1)).toMatchObject({ id, type: 'error' });
  }
  const malformed = await parley.fetch('/agentmessage/v1/conversations?limit=0', key);
  expect(malformed.headers.get('RateLimit-Remaining')).toBe(String(100 - refused.length - 1));
});

test('closes a socket when its key ends, after the errors of its streams', async () => {
  const tenant = await parley.tenant();
  const idle = await accepted(tenant.key);
  const stream = await openSocket(parley.app, tenant.key, recorded);
  const [row] = await parley.app.database.prisma.apiKey.findMany({ where: { organizationId: tenant.id } });
  await revokeApiKey(parley.app.database, tenant.id, row?.id ?? '');
  const reason = 'the API key of this stream was revoked or has expired';
  expect(await stream.next()).toMatchObject({ data: null, errors: [{ message: reason, extensions: { code: 'UNAUTHENTICATED' } }] });
  expect(await stream.next()).toBeNull();
  expect(await stream.closed).toMatchObject({ code: 4401, reason });
  expect(await idle.closed()).toEqual([4401, reason]);
});

test('ends the streams of a client that disconnects', async () => {
  const tenant = await parley.tenant();
  const { socket, closed } = await accepted(tenant.key);
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: recorded } }));
  socket.send('{"type": "ping"}');
  await once(socket, 'message');
  socket.terminate();
  await closed();
  await followedNoMore(tenant);
});

test('disconnects a client that does not answer a ping, and no other', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const { key } = await parley.tenant();
  const lively = await accepted(key);
  const dead = new WebSocket(await socketUrl(parley.app), 'graphql-transport-ws', { autoPong: false });
  const ended = once(dead, 'close');
  await once(dead, 'open');
  const pinged = Promise.all([once(lively.socket, 'ping'), once(dead, 'ping')]);
  vi.advanceTimersByTime(12_000);
  // A message behind the pong, so that it has arrived.
  await pinged;
  lively.socket.send('{"type": "ping"}');
  await once(lively.socket, 'message');
  vi.advanceTimersByTime(12_000);
  expect((await within(ended))[0]).toBe(1006);
  expect(lively.socket.readyState).toBe(WebSocket.OPEN);
});

test('closes a socket without connection_init after the time limit of a request', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldClearNativeTimers: true });
  onTestFinished(() => void vi.useRealTimers());
  const { closed } = await rawSocket();
  vi.advanceTimersByTime(30_000);
  vi.useRealTimers();
  expect(await closed()).toEqual([4408, 'Connection initialisation timeout']);
});

test('when the gateway stops, it completes streams, then closes their sockets and later ones with 1001', async () => {
  const { key } = await parley.tenant();
  const stream = await openSocket(parley.app, key, recorded);
  const idle = await accepted(key);
  const unknown = await rawSocket();
  parley.app.endStreams();
  expect(await stream.next()).toBeNull();
  expect(await stream.closed).toMatchObject({ code: 1001, reason: 'this gateway is being stopped' });
  expect((await idle.closed())[0]).toBe(1001);
  expect((await unknown.closed())[0]).toBe(1001);
  expect((await (await rawSocket()).closed())[0]).toBe(1001);
});
