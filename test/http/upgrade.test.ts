// Upgrades to another protocol: only WebSocket at /graphql, for clients that may read answers.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { isUpgrade } from '../../src/http/upgrade.ts';
import { useApp } from '../support/harness.ts';

const parley = useApp({ corsOrigins: ['https://app.example.com'] });
let server: Server;
let port: number;

beforeAll(async () => {
  server = createServer({ shouldUpgradeCallback: isUpgrade }, parley.app.handler).on('upgrade', parley.app.upgrade).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const handshake = {
  Upgrade: 'websocket',
  'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Protocol': 'graphql-transport-ws',
};

/** Returns the answer to a request, after which the connection is closed. */
async function ask(line: string, headers: Record<string, string | undefined>) {
  const socket = connect(port, '127.0.0.1');
  const all = Object.entries({ Host: 'parley.test', ...headers }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}\r\n`],
  );
  socket.write(`${line} HTTP/1.1\r\n${all.join('')}\r\n`);
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), head, body };
}

test.each<[string, string, Record<string, string | undefined>, number, RegExp]>([
  ['another protocol', 'GET /graphql', { Upgrade: 'foo/2' }, 426, /^only WebSocket is served beside HTTP\/1\.1: .*\n$/],
  ['TLS', 'OPTIONS *', { Upgrade: 'TLS/1.0' }, 426, /^only WebSocket is served/],
  ['another path', 'GET /v1/conversations', handshake, 426, /^WebSocket is served at \/graphql\n$/],
  ['the root', 'GET /?x=/graphql', handshake, 426, /^WebSocket is served at \/graphql\n$/],
  ['an older version', 'GET /graphql', { ...handshake, 'Sec-WebSocket-Version': '8' }, 426, /^send Sec-WebSocket-Version: 13\n$/],
  [
    'an older subprotocol',
    'GET /graphql',
    { ...handshake, 'Sec-WebSocket-Protocol': 'graphql-ws' },
    426,
    /^send Sec-WebSocket-Protocol: graphql-transport-ws\n$/,
  ],
  [
    'no subprotocol',
    'GET /graphql',
    { ...handshake, 'Sec-WebSocket-Protocol': undefined },
    426,
    /^send Sec-WebSocket-Protocol: graphql-transport-ws\n$/,
  ],
  ['another method', 'POST /graphql', handshake, 400, /^Invalid HTTP method: send a handshake of RFC 6455\n$/],
  [
    'no WebSocket key',
    'GET /graphql',
    { ...handshake, 'Sec-WebSocket-Key': undefined },
    400,
    /^Missing or invalid Sec-WebSocket-Key header: /,
  ],
  [
    'a page of another origin',
    'GET /graphql',
    { ...handshake, Origin: 'https://evil.example' },
    403,
    /^pages of this origin may not read answers: .*CORS_ORIGINS\n$/,
  ],
  ['a page without an origin', 'GET /graphql', { ...handshake, Origin: 'null' }, 403, /^pages of this origin/],
  ['a page of another port', 'GET /graphql', { ...handshake, Origin: 'http://parley.test:8080' }, 403, /^pages of this origin/],
])('refuses %s with advice', async (_name, line, headers, status, body) => {
  const answer = await ask(line, { Connection: 'Upgrade', ...headers });
  expect(answer.status).toBe(status);
  expect(answer.body).toMatch(body);
  expect(answer.head).toMatch(/\r\nContent-Type: text\/plain; charset=utf-8\r\n/);
  if (status === 426) expect(answer.head).toMatch(/\r\nUpgrade: websocket\r\n/);
});

test('refuses two Host headers', async () => {
  const answer = await ask('GET /graphql', { Connection: 'Upgrade', ...handshake, Host: 'parley.test\r\nHost: evil.example' });
  expect(answer).toMatchObject({ status: 400, body: 'the request has two Host headers: send one\n' });
});

test.each([undefined, 'https://app.example.com', 'http://127.0.0.1', 'https://127.0.0.1'])(
  'a client with the origin %s may connect',
  async (origin) => {
    const host = { headers: { host: '127.0.0.1' } };
    const socket = new WebSocket(
      `ws://127.0.0.1:${port}/graphql?x=1`,
      'graphql-transport-ws',
      origin === undefined ? {} : { origin, ...host },
    );
    await once(socket, 'open');
    socket.close();
    expect((await once(socket, 'close'))[0]).toBe(1005);
  },
);

test('answers an offer of HTTP/2 over HTTP/1.1', async () => {
  const { key } = await parley.tenant();
  const headers = {
    Connection: 'close, Upgrade, HTTP2-Settings',
    Upgrade: 'h2c',
    'HTTP2-Settings': 'AAMAAABkAAQAAP__',
    Authorization: `Bearer ${key}`,
  };
  const answer = await ask('GET /v1/conversations', headers);
  expect([answer.status, JSON.parse(answer.body)]).toMatchObject([200, { success: true }]);
});
