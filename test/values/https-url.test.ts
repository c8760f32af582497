import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isHttpsUrl } from '../../src/values/https-url.ts';

/** Characters that some parser of URLs drops, corrects or reads as something else. */
const unsafe = fc.oneof(
  fc.constantFrom(' ', '\t', '\n', '\r', '\0', '\x7f', '\x85', '\xa0', '\u2028', '\ufeff', '\\', '\ud800', '\udfff'),
  fc.integer({ min: 0, max: 0x20 }).map((code) => String.fromCharCode(code)),
);
const url = fc.webUrl({ validSchemes: ['https'], withQueryParameters: true, withFragments: true });

test('a URL of the standard, in any case of its scheme, is one', () => {
  fc.assert(
    fc.property(url, fc.constantFrom('https', 'HTTPS', 'Https'), (text, scheme) => {
      expect(isHttpsUrl(text.replace('https', scheme))).toBe(true);
    }),
  );
});

test('rejects a URL with an unsafe character at any position', () => {
  fc.assert(
    fc.property(url, unsafe, fc.nat(), (text, character, nth) => {
      const at = nth % (text.length + 1);
      expect(isHttpsUrl(text.slice(0, at) + character + text.slice(at))).toBe(false);
    }),
  );
});

test('rejects a URL with a user name or password', () => {
  fc.assert(
    fc.property(url, fc.constantFrom('', ':', 'a', 'a:', ':b', 'a:b', 'a@b'), (text, who) => {
      expect(isHttpsUrl(text.replace('//', `//${who}@`))).toBe(false);
    }),
  );
});

test('accepts only texts that parse to https with a host and without a user name', () => {
  const near = fc.constantFrom('https', 'http', ':', '/', '//', '\\', '@', '?', '#', 'a', '.', '[::1]', '%', '1', ' ', '\0', '日', 'ſ');
  fc.assert(
    fc.property(fc.array(near, { maxLength: 8 }), fc.boolean(), (parts, begun) => {
      const text = (begun ? 'https://' : '') + parts.join('');
      if (!isHttpsUrl(text)) return;
      expect(URL.parse(text)).toMatchObject({ protocol: 'https:', host: expect.stringMatching(/./), username: '', password: '' });
      // Nothing was put between scheme and host, or taken away.
      expect(text.slice(8)).toMatch(/^[^/\\?#@]/);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  'https://example.com',
  'https://example.com?a=1',
  'https://example.com:8443/a%20b.png?size=1&who=a@b#c',
  'https://[::1]/',
  'https://192.0.2.1/a',
  'https://bücher.example/日本',
  'HTTPS://EXAMPLE.COM/',
])('%s is one', (text) => {
  expect(isHttpsUrl(text)).toBe(true);
});

test.each([
  '',
  'https:',
  'https://',
  'https:///a.png',
  'https:/example.com',
  'https:example.com',
  'https:\\\\example.com',
  'https://example.com\\@other.example',
  'https://?a',
  'https://#a',
  'https://me@example.com/',
  'https://me:secret@example.com/',
  'https://exa mple.com',
  'https://example.com/a b.png',
  'https://example.com/\0',
  'https://example.com/\n',
  'https://example.com:65536/',
  'http://example.com',
  'httpſ://example.com',
  'javascript:https://example.com',
  '//example.com/a.png',
  'example.com',
])('%j is none', (text) => {
  expect(isHttpsUrl(text)).toBe(false);
});
