// Requests that no client library sends, as raw bytes over a socket.
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { start, useFolder } from './start.ts';

const folder = useFolder();
const key = (prefix: string) => `Authorization: Bearer ${prefix}_live_demo000000000000000000000000000\r\n`;

/** Sends raw bytes. @returns the status and the body of the answer, which may be JSON */
async function send(origin: string, raw: string | Buffer) {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  socket.write(raw);
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  const status = Number(head.split(' ')[1]);
  expect(head).toMatch(/\r\nconnection: close/i);
  expect(head).toMatch(/\r\nx-content-type-options: nosniff/i);
  expect(head.toLowerCase()).toContain(`\r\ncontent-length: ${Buffer.byteLength(body)}`);
  return { status, body: /\r\ncontent-type: application\/json/i.test(head) ? JSON.parse(body) : body };
}

const get = (target: string, headers = '') => `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${headers}\r\n`;

test('answers an unreadable request with advice', async () => {
  const { origin } = await start({ DATA_DIR: folder() });
  const encoded = 'must be percent-encoded UTF-8';
  const answers: [raw: string | Buffer, status: number, body: unknown][] = [
    // Raw UTF-8 in the target is refused like any text that is not percent-encoded, in the shape of the path's or the key's API.
    [
      get('/ziik/conversations/1/messages?limit=1&query=谢谢', key('zk')),
      422,
      { error: { code: 'validation_error', message: `query ${encoded}`, is_ziik_error: true } },
    ],
    [get('/conversations/谢'), 422, { error: { code: 'validation_error', message: `path ${encoded}`, is_ziik_error: true } }],
    [
      get('/v1/conversations?limit=谢&since=é', key('am')),
      422,
      expect.objectContaining({
        error: expect.objectContaining({ code: 'VALIDATION_FAILED', details: { limit: encoded, since: encoded } }),
      }),
    ],
    [
      get('/v1/conversations/谢/messages', key('am')),
      400,
      expect.objectContaining({ error: expect.objectContaining({ code: 'INVALID_INPUT' }) }),
    ],
    [
      get('/v1/conversations?limit=谢', key('sk')),
      422,
      expect.objectContaining({ detail: [{ loc: ['query', 'limit'], msg: encoded, type: 'value_error' }] }),
    ],
    [
      Buffer.from(get('/v1/conversations?谢=\xff'), 'latin1'),
      422,
      expect.objectContaining({ error: expect.objectContaining({ code: 'VALIDATION_FAILED' }) }),
    ],
    [get('/graphql?query=谢'), 400, { errors: [expect.objectContaining({ message: `the URL ${encoded}` })] }],
    [get('foo'), 400, expect.stringContaining('check the request line')],
    [get('/\u0001'), 400, expect.objectContaining({ error: expect.objectContaining({ code: 'INVALID_INPUT' }) })],
    [get('/', `X-Long: ${'x'.repeat(20_000)}\r\n`), 431, expect.stringContaining('too large')],
    // These are valid HTTP and make no valid URL.
    [get('http://[bad'), 400, expect.stringContaining('make a valid URL')],
    [get('/a\\b'), 400, expect.stringContaining('make a valid URL')],
    ['OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', 400, expect.stringContaining('make a valid URL')],
    ['GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', 400, expect.stringContaining('make a valid URL')],
    ['GET / HTTP/1.1\r\nHost: é/\r\nConnection: close\r\n\r\n', 400, expect.stringContaining('make a valid URL')],
    ['GET / HTTP/1.0\r\n\r\n', 400, expect.stringContaining('make a valid URL')],
    ['GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400, expect.stringContaining('make a valid URL')],
    // A proxy may read these differently.
    [get('/', 'Host: localhost\r\n'), 400, 'the request has two Host headers: send one\n'],
    [get('/health', 'Host: evil.example\r\n'), 400, 'the request has two Host headers: send one\n'],
    [
      `POST /graphql HTTP/1.1\r\nHost: localhost\r\nhost: localhost\r\nConnection: close\r\n${key('am')}Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`,
      400,
      'the request has two Host headers: send one\n',
    ],
    ...[
      '/ziik/%2e%2e/agentmessage/v1/conversations',
      '/ziik/%2E/conversations',
      '/ziik/..%2fagentmessage/v1/conversations',
      '/ziik/%2e.%2Fagentmessage/v1/conversations',
      '/ziik/..%5cconversations',
      '/ziik/../conversations',
      '/./graphql?query=%7B__typename%7D',
      '/graphql/%2e',
      'http://localhost/ziik/%2e%2e/conversations',
    ].map((target): [string, number, unknown] => [
      get(target, key('zk')),
      400,
      'the path has a segment . or ..: send the path that it leads to\n',
    ]),
  ];
  for (const [raw, status, body] of answers) expect(await send(origin, raw), String(raw).slice(0, 80)).toEqual({ status, body });
  // An unknown expectation, and dots elsewhere, are no reason to refuse.
  const odd = `GET /ziik/conversations?keyword=../%2e%2e/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nExpect: nothing\r\n${key('zk')}\r\n`;
  expect((await send(origin, odd)).status).toBe(200);
  expect((await send(origin, get('/v1/conversations/..a', key('am')))).status).toBe(404);
  // The same target, percent-encoded.
  const answer = await fetch(`${origin}/ziik/conversations?keyword=谢谢`, {
    headers: { authorization: 'Bearer zk_live_demo000000000000000000000000000' },
  });
  expect(answer.status).toBe(200);
});
