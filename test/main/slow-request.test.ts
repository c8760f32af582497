import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { start, useFolder } from './start.ts';

const folder = useFolder();
const key = 'am_live_demo000000000000000000000000000';

test.each([
  ['a small operation', 'POST /graphql', 'Content-Length: 100'],
  ['a large operation', 'POST /graphql', 'Content-Length: 1000000'],
  ['an operation of unknown length', 'POST /graphql', 'Transfer-Encoding: chunked'],
  ['a REST request', 'PATCH /agentphone/v1/conversations/00000000-0000-4000-8000-000000000000', 'Content-Length: 100'],
])('answers 408 to %s that does not arrive within REQUEST_TIMEOUT; a stream continues', async (_name, line, length) => {
  const server = await start({ DATA_DIR: folder(), REQUEST_TIMEOUT: '1' });
  const stream = await fetch(`${server.origin}/graphql?query=subscription{messageRecorded{cursor}}`, {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${key}` },
  });
  expect(stream.status).toBe(200);
  const { hostname, port } = new URL(server.origin);
  const socket = connect(Number(port), hostname);
  const answer = text(socket);
  socket.write(
    `${line} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\n${length}\r\n\r\n5\r\n{"que`,
  );
  expect(await answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
  server.signal('SIGTERM');
  // The stream is complete, because the stop ended it and nothing before.
  expect(await stream.text()).toContain('event: complete');
  expect(await server.exit).toBe(0);
  expect(server.output.stderr).not.toContain('"level":50');
});
