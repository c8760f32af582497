import { beforeAll, describe, expect, test } from 'vitest';
import { encodeId } from '../../src/values/ids.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';
import { post } from './post.ts';

const parley = useApp();
const uuid = '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e';
let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({})]);
});

describe('an invalid request is the client’s error', () => {
  test.each([
    ['a document that does not parse', '{ viewer {', 'GRAPHQL_PARSE_FAILED'],
    ['a document that does not validate', '{ viewer { secret } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a literal that does not coerce', '{ conversations(filter: {since: "yesterday"}) { totalCount } }', 'BAD_USER_INPUT'],
    ['an empty document', '', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown operation', 'query a { viewer { name } } query b { viewer { name } }', 'BAD_USER_INPUT'],
    ['an id of another type', `{ conversation(id: "${encodeId('Message', uuid)}") { id } }`, 'BAD_USER_INPUT'],
    ['no id', '{ conversation(id: "x") { id } }', 'BAD_USER_INPUT'],
    ['a node that is no id', '{ node(id: "☃") { id } }', 'BAD_USER_INPUT'],
    [
      'a filter with an id of another type',
      `{ conversations(filter: {phoneNumberId: "${encodeId('Agent', uuid)}"}) { totalCount } }`,
      'BAD_USER_INPUT',
    ],
    [
      'more than 100 nodes',
      `{ nodes(ids: [${Array(101)
        .fill(`"${encodeId('Message', uuid)}"`)
        .join()}]) { id } }`,
      'BAD_USER_INPUT',
    ],
    [
      'more rows than an operation may return',
      '{ conversations(first: 200) { nodes { messages(first: 200) { nodes { conversation { messages(first: 200) { nodes { id } } } } } } } }',
      'QUERY_TOO_COMPLEX',
    ],
  ])('%s', async (_name, query, code) => {
    const { status, answer } = await post(parley, tenant.key, JSON.stringify({ query }));
    expect(status).toBeLessThan(500);
    expect(answer.errors).toMatchObject([{ extensions: { code, requestId: expect.stringMatching(/^[0-9A-Z]{26}$/) } }]);
  });

  test.each([
    ['since', 'DateTime', '2026-13-01T00:00:00Z'],
    ['since', 'DateTime', 7],
    ['contactNumber', 'PhoneNumberString', '15551112222'],
    ['optedIn', 'Boolean', 'yes'],
    ['types', '[ConversationType!]', ['SMS']],
  ])('a variable for %s that does not coerce names itself', async (field, type, value) => {
    const query = `query ($value: ${type}) { conversations(filter: {${field}: $value}) { totalCount } }`;
    const { status, answer } = await post(parley, tenant.key, JSON.stringify({ query, variables: { value } }));
    expect(status).toBeLessThan(500);
    expect(answer.errors).toMatchObject([{ message: expect.stringContaining('$value'), extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test.each([
    ['JSON that is not', '{"query": ', {}],
    ['JSON that is no object', '[]', {}],
    ['JSON null', 'null', {}],
    ['a query that is no text', '{"query": 7}', {}],
    ['variables that are no object', '{"query": "{ viewer { name } }", "variables": "x"}', {}],
    ['a batch', '[{"query": "{ viewer { name } }"}]', {}],
    ['another type of body', 'query', { 'content-type': 'application/xml' }],
    ['U+0000 in a variable', JSON.stringify({ query: 'query ($id: ID!) { node(id: $id) { id } }', variables: { id: '\u0000' } }), {}],
    [
      'half a surrogate in a variable',
      JSON.stringify({ query: 'query ($id: ID!) { node(id: $id) { id } }', variables: { id: '\ud800' } }),
      {},
    ],
    ['a number too big', '{"query": "query ($n: Int) { conversations(first: $n) { totalCount } }", "variables": {"n": 1e20}}', {}],
  ])('%s', async (_name, body, headers) => {
    const { status, answer } = await post(parley, tenant.key, body, headers);
    expect(status).toBeLessThan(500);
    expect(answer.errors?.length).toBeGreaterThan(0);
    for (const { extensions } of answer.errors ?? [])
      expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', requestId: expect.any(String) });
  });

  test('answers 413 to a body over 4 MiB, with and without Content-Length', async () => {
    const body = JSON.stringify({ query: `{ viewer { name } } #${'x'.repeat(4 * 1024 * 1024)}` });
    for (const headers of [{}, { 'content-length': String(body.length) }] as Record<string, string>[]) {
      expect(await post(parley, tenant.key, body, headers)).toMatchObject({
        status: 413,
        answer: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
      });
    }
    const chunks = new ReadableStream({
      start(controller) {
        for (let sent = 0; sent < body.length; sent += 65_536) controller.enqueue(Buffer.from(body.slice(sent, sent + 65_536)));
        controller.close();
      },
    });
    expect(await post(parley, tenant.key, chunks)).toMatchObject({ status: 413 });
  });

  test('answers 405 to a wrong method', async () => {
    const response = await parley.fetch('/graphql', tenant.key, { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toMatch(/POST/);
  });
});
