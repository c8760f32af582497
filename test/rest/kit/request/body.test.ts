import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Bodies } from '../../../../src/http/body.ts';
import { Refused } from '../../../../src/rest/kit/refusal.ts';
import { readBody as readBodyOf } from '../../../../src/rest/kit/request/body.ts';

const post = (body: BodyInit, type: string | null = 'application/json') => {
  const request = new Request('http://parley.test/', { method: 'POST', body, ...(body instanceof ReadableStream && { duplex: 'half' }) });
  if (type === null) request.headers.delete('content-type');
  else request.headers.set('content-type', type);
  return request;
};

const readBody = (request: Request, known: readonly string[]) => readBodyOf(request, 'organization', new Bodies(), known);

const refusal = (request: Request) =>
  readBody(request, ['a']).then(
    () => expect.fail('not refused'),
    (error: unknown) => (error instanceof Refused ? error.refusal : Promise.reject(error)),
  );

test('returns the known keys of any JSON object unchanged', async () => {
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'constructor'), fc.jsonValue({ maxDepth: 3 })), async (given) => {
      const text = JSON.stringify(given);
      fc.pre(!/\\u(0000|d[89a-f])/.test(text));
      const expected = Object.hasOwn(given, 'a') ? { a: JSON.parse(text).a } : {};
      expect(await readBody(post(text), ['a'])).toEqual({ values: expected, problems: {} });
    }),
  );
});

test('reads any bytes, or refuses them as malformed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 30 }), async (bytes) => {
      const answer = await readBody(post(Buffer.from(bytes)), ['a']).catch((error: unknown) => error);
      if (answer instanceof Error) expect(answer).toBeInstanceOf(Refused);
    }),
  );
});

test.each(['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON', null])('reads a body sent as %s', async (type) => {
  expect(await readBody(post(Buffer.from('{"a":1}'), type), ['a'])).toEqual({ values: { a: 1 }, problems: {} });
});

describe('refuses the whole body as malformed', () => {
  test.each<[string, BodyInit, string?]>([
    ['nothing', ''],
    ['no JSON', '{'],
    ['two objects', '{}{}'],
    ['an array', '[]'],
    ['null', 'null'],
    ['a number', '1'],
    ['a string', '"{}"'],
    ['another encoding', Buffer.from('{}', 'utf16le')],
    ['a byte that is no UTF-8', Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d])],
    ['a form', 'a=1', 'application/x-www-form-urlencoded'],
    ['plain text', '{}', 'text/plain;charset=UTF-8'],
    ['something like JSON', '{}', 'application/json5'],
  ])('%s', async (_name, body, type = 'application/json') => {
    expect(await refusal(post(body, type))).toEqual({
      reason: 'malformed',
      part: 'body',
      problems: { '': expect.stringMatching(/^must be /) },
    });
  });
});

const unstorable = 'must not hold U+0000 or half a surrogate pair';

test.each([
  ['U+0000', '{"a":"\\u0000"}', unstorable],
  ['U+0000 in a key within', '{"a":[{"\\u0000":1}]}', unstorable],
  ['half a surrogate pair', '{"a":{"b":["\\ud800"]}}', unstorable],
  ['more levels than anybody needs', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'must be nested at most 32 levels deep'],
])('%s', async (_name, body, problem) => {
  expect(await readBody(post(body), ['a'])).toEqual({ values: {}, problems: { a: problem } });
  expect(await readBody(post(body), ['b'])).toEqual({ values: {}, problems: {} });
});

describe('a body of 4 MiB', () => {
  const sized = (bytes: number) => Buffer.from(`{"a":"${'x'.repeat(bytes - 8)}"}`);
  const chunked = (bytes: number) => new Blob([sized(bytes)]).stream();
  const limit = 4 * 1024 * 1024;

  test('is read', async () => {
    for (const body of [sized(limit), chunked(limit)]) expect((await readBody(post(body), ['a'])).problems).toEqual({});
  });

  test('and one byte is too large, with and without Content-Length', async () => {
    for (const body of [sized(limit + 1), chunked(limit + 1)]) expect(await refusal(post(body))).toEqual({ reason: 'tooLarge' });
  });
});
