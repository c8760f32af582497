import { brotliDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { useApp } from '../support/harness.ts';

const parley = useApp();
const get = (path: string, init: RequestInit = {}) => parley.fetch(path, null, init);

test('serves a file with its type, compressed, and 304 to a client that has it', async () => {
  const plain = await get('/assets/parley.css');
  expect([plain.status, plain.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8']);
  const text = await plain.text();
  const packed = await get('/assets/parley.css', { headers: { 'accept-encoding': 'br' } });
  expect(brotliDecompressSync(Buffer.from(await packed.arrayBuffer())).toString()).toBe(text);
  const etag = packed.headers.get('etag') ?? '';
  expect((await get('/assets/parley.css', { headers: { 'accept-encoding': 'br', 'if-none-match': etag } })).status).toBe(304);
});

test('answers HEAD without the body', async () => {
  const { status, headers, body } = await get('/assets/icon.svg', { method: 'HEAD' });
  expect([status, headers.get('content-type'), body]).toEqual([200, 'image/svg+xml', null]);
});

test.each(['/assets', '/assets/', '/assets/nothing.css', '/assets/%2e%2e/site.ts', '/assets/..%2fsite.ts', '/assets/parley.css/'])(
  'answers 404 for %s',
  async (path) => expect((await get(path)).status).toBe(404),
);

test.each(['/', '/assets/parley.css'])('refuses to change %s', async (path) => {
  const { status, headers } = await get(path, { method: 'POST' });
  expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD']);
});

test('allows scripts, styles and requests of this server alone on a page', async () => {
  const policy = (await get('/')).headers.get('content-security-policy');
  expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});
