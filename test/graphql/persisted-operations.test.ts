import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { socketClient } from '../modules/change/socket-stream.ts';
import { type GraphQLAnswer, type Tenant, useApp } from '../support/harness.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const persisted = (sha256Hash: unknown, version: unknown = 1) => ({ extensions: { persistedQuery: { version, sha256Hash } } });

const folder = mkdtempSync(join(tmpdir(), 'parley-persisted-'));
afterAll(() => rm(folder, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const ownName = 'query ownName { viewer { name } }';
const pageOf = 'query pageOf($first: Int!) { conversations(first: $first) { totalCount nodes { id } } }';
const markRead = 'mutation markRead($id: ID!) { markConversationRead(input: {id: $id}) { conversation { id } } }';
const path = file('manifest.json', JSON.stringify(Object.fromEntries([ownName, pageOf, markRead].map((text) => [sha256(text), text]))));

function useKey(parley: ReturnType<typeof useApp>) {
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await parley.tenant();
  });
  const read = async (response: Response) => ({ status: response.status, ...((await response.json()) as GraphQLAnswer) });
  return {
    post: async (body: object, headers: Record<string, string> = {}) =>
      read(
        await parley.fetch('/graphql', tenant.key, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
        }),
      ),
    get: async (query: Record<string, string>) => read(await parley.fetch(`/graphql?${new URLSearchParams(query)}`, tenant.key)),
    fetch: (path: string) => parley.fetch(path, tenant.key),
  };
}

describe('operations by hash', () => {
  const parley = useApp();
  const { post, get } = useKey(parley);
  const others = useKey(parley);
  const query = '{ viewer { name } }';

  test('are unknown first, and known once sent with their document', async () => {
    const unknown = { message: 'PersistedQueryNotFound', extensions: { code: 'NOT_FOUND' } };
    expect(await post(persisted(sha256(query)))).toMatchObject({ status: 200, errors: [unknown] });
    expect(await post({ query, ...persisted(sha256(query)) })).toMatchObject({ data: { viewer: { name: 'test' } } });
    expect(await post(persisted(sha256(query)))).toMatchObject({ data: { viewer: { name: 'test' } } });
    expect(await get({ extensions: JSON.stringify(persisted(sha256(query)).extensions) })).toMatchObject({
      data: { viewer: { name: 'test' } },
    });
  });

  test('an unknown hash is 404 for a client that accepts the media type of GraphQL over HTTP', async () => {
    const answer = await post(persisted(sha256('{ organization { name } }')), { accept: 'application/graphql-response+json' });
    expect(answer).toMatchObject({ status: 404, errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  });

  test('take new variables with each request, and their cost', async () => {
    await post({ query: pageOf, variables: { first: 1 }, ...persisted(sha256(pageOf)) });
    expect(await post({ variables: { first: 7 }, ...persisted(sha256(pageOf)) })).toMatchObject({ extensions: { cost: { price: 8 } } });
    expect(await post({ variables: { first: 0 }, ...persisted(sha256(pageOf)) })).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });

  test('refuses the hash of another document and does not store it', async () => {
    const wrong = sha256('{ viewer { scopes } }');
    expect(await post({ query: '{ organization { id } }', ...persisted(wrong) })).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
    expect(await post(persisted(wrong))).toMatchObject({ errors: [{ message: 'PersistedQueryNotFound' }] });
  });

  test.each([
    ['no version', { sha256Hash: sha256(query) }],
    ['another version', { version: 2, sha256Hash: sha256(query) }],
    ['no hash', { version: 1 }],
    ['a hash that is no text', { version: 1, sha256Hash: 7 }],
    ['a text', 'x'],
    ['a list', []],
  ])('refuses another protocol: %s', async (_name, persistedQuery) => {
    expect(await post({ query, extensions: { persistedQuery } })).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  test('refuses a document that does not parse or is too long', async () => {
    for (const [bad, code] of [
      ['{ viewer {', 'GRAPHQL_PARSE_FAILED'],
      ['{ viewer { name } } #'.padEnd(70_000), 'QUERY_TOO_COMPLEX'],
    ] as const) {
      expect(await post({ query: bad, ...persisted(sha256(bad)) })).toMatchObject({ errors: [{ extensions: { code } }] });
    }
  });

  test('an organization neither uses nor evicts the documents of another', async () => {
    const ours = '{ viewer { name scopes } }';
    await post({ query: ours, ...persisted(sha256(ours)) });
    expect(await others.post(persisted(sha256(ours)))).toMatchObject({ errors: [{ message: 'PersistedQueryNotFound' }] });
    for (let index = 0; index < 40; index++) {
      const theirs = `{ viewer { name } } # ${index}`.padEnd(65_000);
      await others.post({ query: theirs, ...persisted(sha256(theirs)) });
    }
    expect(await post(persisted(sha256(ours)))).toMatchObject({ data: { viewer: { name: 'test' } } });
  });

  test('drops the least recently used documents', async () => {
    const documents = Array.from({ length: 40 }, (_, index) => `{ viewer { name } } #${index}`.padEnd(65_000));
    for (const each of documents) await post({ query: each, ...persisted(sha256(each)) });
    expect(await post(persisted(sha256(documents[0] ?? '')))).toMatchObject({ errors: [{ message: 'PersistedQueryNotFound' }] });
    expect(await post(persisted(sha256(documents[39] ?? '')))).toMatchObject({ data: { viewer: { name: 'test' } } });
  });
});

describe('trusted operations', () => {
  const { post } = useKey(useApp({ trustedOperations: { path, only: false } }));

  test('run by their hash, and others run too', async () => {
    expect(await post(persisted(sha256(ownName)))).toMatchObject({ data: { viewer: { name: 'test' } } });
    expect(await post({ query: '{ viewer { name } }' })).toMatchObject({ data: { viewer: { name: 'test' } } });
  });
});

describe('only trusted operations', () => {
  const parley = useApp({ trustedOperations: { path, only: true } });
  const { post, get, fetch } = useKey(parley);

  test('run by their hash, by GET and by their text', async () => {
    expect(await post({ variables: { first: 2 }, ...persisted(sha256(pageOf)) })).toMatchObject({
      data: { conversations: { totalCount: 0 } },
    });
    expect(await get({ extensions: JSON.stringify(persisted(sha256(ownName)).extensions) })).toMatchObject({
      data: { viewer: { name: 'test' } },
    });
    expect(await post({ query: ownName })).toMatchObject({ data: { viewer: { name: 'test' } } });
  });

  test.each([
    ['another document', { query: '{ viewer { name } }' }],
    ['one that differs by a space', { query: `${ownName} ` }],
    ['an unknown hash', persisted(sha256('{ viewer { name } }'))],
    ['another document with its hash', { query: '{ viewer { name } }', ...persisted(sha256('{ viewer { name } }')) }],
    ['introspection', { query: '{ __schema { queryType { name } } }' }],
    ['nothing', {}],
  ])('refuses other operations: %s', async (_name, body) => {
    expect(await post(body)).toMatchObject({
      status: 200,
      errors: [{ message: expect.stringMatching(/trusts/), extensions: { code: 'FORBIDDEN' } }],
    });
  });

  test('run over WebSocket, and others do not', async () => {
    const ask = async (query: string, extensions = {}) => {
      const client = await socketClient(parley.app, { apiKey: (await parley.tenant()).key });
      const answer = new Promise((resolve) =>
        client.subscribe({ query, extensions }, { next: resolve, error: resolve, complete: () => {} }),
      );
      return answer.finally(() => client.dispose());
    };
    expect(await ask('', persisted(sha256(ownName)).extensions)).toMatchObject({ data: { viewer: { name: 'test' } } });
    expect(await ask(ownName)).toMatchObject({ data: { viewer: { name: 'test' } } });
    expect(await ask('{ viewer { name } }')).toMatchObject([
      { message: expect.stringMatching(/trusts/), extensions: { code: 'FORBIDDEN' } },
    ]);
  });

  test('refuses a trusted mutation by GET', async () => {
    const answer = await get({ extensions: JSON.stringify(persisted(sha256(markRead)).extensions), variables: '{"id": "x"}' });
    expect(answer).toMatchObject({ status: 405, errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  test('refuses the schema and serves the contracts', async () => {
    expect((await fetch('/schema.graphql')).status).toBe(403);
    expect((await fetch('/v1/conversations')).status).toBe(200);
    expect((await fetch('/agentphone/v1/conversations')).status).toBe(200);
  });
});

describe('an invalid manifest stops the start with one line', () => {
  test.each([
    ['no file', join(folder, 'absent.json'), /absent\.json/],
    ['no JSON', file('no.json', '{'), /is not a JSON object/],
    ['a list', file('list.json', '[]'), /is not a JSON object/],
    ['what is no text', file('number.json', '{"abc": 7}'), /abc: is not a text/],
    ['what does not parse', file('parse.json', '{"abc": "{ viewer {"}'), /abc: Syntax Error/],
    ['what the schema does not have', file('schema.json', '{"abc": "{ viewer { secret } }"}'), /abc: Cannot query field "secret"/],
  ])('%s', async (_name, path, problem) => {
    const config = { ...loadConfig({ DATA_DIR: join(folder, 'data') }), trustedOperations: { path, only: false } };
    const error = await createApp(config).then(
      () => null,
      (thrown: Error) => thrown,
    );
    expect(error).toMatchObject({ name: 'SettingError', message: expect.stringMatching(problem) });
    expect(error?.message).toMatch(/^TRUSTED_OPERATIONS, .*$/);
  });
});
