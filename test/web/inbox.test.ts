import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useApp } from '../support/harness.ts';

const parley = useApp();
const operations: Record<string, string> = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../src/web/inbox/operations.json'), 'utf8'),
);

test('/inbox and /inbox/stats are one page, whose policy allows no text as a script or style', async () => {
  const pages = await Promise.all(['/inbox', '/inbox/', '/inbox/stats'].map((path) => parley.fetch(path, null)));
  const texts = await Promise.all(pages.map((page) => page.text()));
  expect(new Set(texts).size).toBe(1);
  expect(texts[0]).toContain('<meta name="demo-key" content=""');
  const policy = pages[0]?.headers.get('content-security-policy');
  expect(policy).toContain("connect-src 'self'");
  expect(policy).not.toContain('unsafe');
});

test('its scripts have hashes in their names, so clients keep them', async () => {
  const page = await (await parley.fetch('/inbox', null)).text();
  const script = /src="(\/inbox\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? '';
  const headers = { 'accept-encoding': 'br' };
  const answer = await parley.fetch(script, null, { headers });
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(answer.headers.get('content-encoding')).toBe('br');
  const again = await parley.fetch(script, null, { headers: { ...headers, 'if-none-match': answer.headers.get('etag') ?? '' } });
  expect(again.status).toBe(304);
  expect((await parley.fetch('/inbox/assets/other.js', null)).status).toBe(404);
});

test('the gateway knows its operations by their hashes', async () => {
  const { key } = await parley.tenant();
  const [sha256Hash = ''] = Object.entries(operations).find(([, text]) => text.startsWith('query listQuery')) ?? [];
  const body = JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash } }, variables: { filter: null } });
  const answer = await parley.fetch('/graphql', key, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  expect((await answer.json()).data.conversations.edges).toEqual([]);
});
