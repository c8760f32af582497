import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { explorerPage } from '../../src/web/graphiql.ts';
import { landingPage } from '../../src/web/landing.ts';

const demo = { key: 'am_live_demo000000000000000000000000000', conversationId: 'BgAAAAAAAAAAAAAAAAAAAAA' };
const explorer = explorerPage(demo);

function get(headers: Record<string, string> = {}) {
  return explorer.respond(new Request('http://parley.test/graphql', { headers: { accept: 'text/html', ...headers } }));
}

describe('GraphiQL', () => {
  test('has the demo key and the examples, and may load nothing from other servers', async () => {
    const response = await get();
    const html = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(html).toContain(JSON.stringify(JSON.stringify({ Authorization: `Bearer ${demo.key}` }, null, 2)));
    expect(html).toContain('query Inbox');
    expect(html).toContain(demo.conversationId);
    // Neither its tags nor its policy allow another server. A check in a browser showed that it works under this policy.
    expect(html.slice(0, html.indexOf('<style>'))).not.toMatch(/https?:/);
    expect(html).not.toMatch(/<(script|link|img)[^>]+(src|href)="https?:/);
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none';/);
    expect(response.headers.get('content-security-policy')).not.toMatch(/https?:|\*/);
  });

  test('is the same page plain, with gzip and with Brotli, and is small when compressed', async () => {
    const plain = Buffer.from(await (await get()).arrayBuffer());
    const gzip = await get({ 'accept-encoding': 'gzip' });
    const brotli = await get({ 'accept-encoding': 'gzip, br' });
    expect([gzip, brotli].map(({ headers }) => headers.get('content-encoding'))).toEqual(['gzip', 'br']);
    const packed = Buffer.from(await brotli.arrayBuffer());
    expect(Number(brotli.headers.get('content-length'))).toBe(packed.length);
    expect(packed.length).toBeLessThan(plain.length / 4);
    expect(brotliDecompressSync(packed).equals(plain)).toBe(true);
    expect(gunzipSync(Buffer.from(await gzip.arrayBuffer())).equals(plain)).toBe(true);
  });

  test('answers 304 to a client that has it', async () => {
    const headers = { 'accept-encoding': 'br' };
    const etag = (await get(headers)).headers.get('etag') ?? '';
    for (const known of [etag, `"other", W/${etag}`, '*']) {
      const cached = await get({ ...headers, 'if-none-match': known });
      expect(cached.status).toBe(304);
      expect(await cached.text()).toBe('');
      expect(cached.headers.get('etag')).toBe(etag);
    }
    expect((await get({ ...headers, 'if-none-match': '"other"' })).status).toBe(200);
    // Another encoding is another representation.
    expect((await get({ 'if-none-match': etag })).status).toBe(200);
  });

  test('has a placeholder for the key if the demo is not served', async () => {
    const html = await (await explorerPage(null).respond(new Request('http://parley.test/graphql'))).text();
    expect(html).toContain('Bearer YOUR_KEY');
    expect(html).not.toContain(demo.key);
  });
});

describe('the landing page', () => {
  const mounts = [{ name: 'Some contract', path: '/some/v1' }];
  const respond = (demoKey: string | null) =>
    landingPage({ demoKey, mounts }).respond(new Request('http://parley.test/'), 'http://parley.test:4321');

  test('links to GraphiQL and the REST APIs, with a command for the given address', async () => {
    const html = await respond(demo.key).text();
    expect(html).toContain('href="/graphql"');
    expect(html).toContain('Some contract, at <code>/some/v1</code>');
    expect(html).toContain(`curl -s -H "Authorization: Bearer ${demo.key}" 'http://parley.test:4321/v1/conversations?limit=3'`);
  });

  test('contains no key if the demo is not served', async () => {
    expect(await respond(null).text()).toContain('Bearer YOUR_KEY');
  });
});
