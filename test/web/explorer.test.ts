import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { explorerFiles, explorerPage } from '../../src/web/graphiql.ts';
import { landingPage } from '../../src/web/landing.ts';

const demo = { key: 'am_live_demo000000000000000000000000000', conversationId: 'BgAAAAAAAAAAAAAAAAAAAAA' };
const site = { demoKey: demo.key, apis: [{ name: 'some', title: 'Some contract', sample: '/v1/{id}' }] };
const explorer = explorerPage(site, demo.conversationId);

function get(headers: Record<string, string> = {}) {
  return explorer.respond(new Request('http://parley.test/graphql', { headers: { accept: 'text/html', ...headers } }));
}

describe('GraphiQL', () => {
  test('has the demo key and the examples, and may load nothing from other servers', async () => {
    const response = await get();
    const html = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(html).toContain(`<meta name="demo-key" content="${demo.key}">`);
    expect(html).toContain('query Inbox');
    expect(html).toContain(demo.conversationId);
    // Neither its tags nor its policy allow another server, and no text of the page is a script.
    expect(html).not.toMatch(/https?:/);
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self' blob:;/);
    expect(response.headers.get('content-security-policy')).not.toMatch(/https?:|\*/);
  });

  test('has the same script plain, with gzip and with Brotli, and it is small when compressed', async () => {
    const script = explorerFiles().get('/assets/graphiql/graphiql.js');
    const get = async (headers: Record<string, string> = {}) => {
      const response = await script?.respond(new Request('http://parley.test/', { headers }));
      if (response === undefined) throw new Error('the script is missing');
      return response;
    };
    const plain = Buffer.from(await (await get()).arrayBuffer());
    expect(plain.subarray(-2_000_000).toString()).toContain('renderYogaGraphiQL');
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

  test('has no key if the demo is not served', async () => {
    const html = await (await explorerPage({ ...site, demoKey: null }, null).respond(new Request('http://parley.test/graphql'))).text();
    expect(html).toContain('<meta name="demo-key" content="">');
    expect(html).not.toContain(demo.key);
  });
});

describe('the landing page', () => {
  const respond = (demoKey: string | null) =>
    landingPage({ ...site, demoKey }).respond(new Request('http://parley.test/'), 'http://parley.test:4321');

  test('links to GraphiQL and the REST APIs, with a command for the given address', async () => {
    const html = await respond(demo.key).text();
    expect(html).toContain('href="/graphql"');
    expect(html).toContain('Some contract, at <code>/some/</code>');
    expect(html).toContain(`curl -s -H "Authorization: Bearer ${demo.key}" 'http://parley.test:4321/v1/conversations?limit=3'`);
  });

  test('contains no key if the demo is not served', async () => {
    expect(await respond(null).text()).toContain('Bearer YOUR_KEY');
  });
});
