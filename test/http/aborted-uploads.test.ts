// A client that disconnects in the middle of its request is no failure of the gateway.
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Tenant, useApp } from '../support/harness.ts';

const parley = useApp();
let server: Server;
let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
  server = createServer(parley.app.handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server?.closeAllConnections();
  server?.close();
});

test.each([
  ['a small operation', 'POST /graphql', 'Content-Length: 100'],
  ['a large operation', 'POST /graphql', 'Content-Length: 1000000'],
  ['an operation of unknown length', 'POST /graphql', 'Transfer-Encoding: chunked'],
  ['a REST request', 'PATCH /agentphone/v1/conversations/conv_x', 'Content-Length: 100'],
])('does not log an error when %s is aborted', async (_name, line, length) => {
  const before = parley.logged.length;
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  const received = once(server, 'request');
  socket.write(
    `${line} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${tenant.key}\r\nContent-Type: application/json\r\n${length}\r\n\r\n5\r\n{"que`,
  );
  const [, response] = (await received) as [unknown, ServerResponse];
  // By now the key is looked up, and the gateway waits for the body.
  await parley.graphql(tenant.key, '{ viewer { name } }');
  const closed = once(response, 'close');
  socket.destroy();
  await closed;
  await parley.graphql(tenant.key, '{ viewer { name } }');
  expect(parley.logged.slice(before).filter(({ level }) => Number(level) >= 40)).toEqual([]);
});
