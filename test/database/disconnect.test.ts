// The work of a client that disconnects ends. On PostgreSQL only: PGlite cannot interrupt a statement.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inCapitals } from '../modules/message/recording.ts';
import { useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';
import { stored } from '../support/stored.ts';
import { lockTables } from './lock-tables.ts';

const aliases = Array.from({ length: 50 }, (_, index) => `a${index}: searchMessages(query: "a${index}", first: 1) { nodes { id } }`);
const search = `{ ${aliases.join(' ')} }`;
const record = 'mutation ($input: RecordMessagesInput!) { recordMessages(input: $input) { results { outcome } } }';

describe.runIf(process.env.TEST_DATABASE_URL)('on a server', () => {
  // Longer than any test waits: nothing here ends by the timeout.
  const parley = useApp({ statementTimeoutMs: 120_000 });
  const server = createServer((request, response) => parley.app.handler(request, response));
  let origin: string;
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  /** Asks over a socket. */
  function ask(path: string, key: string, signal: AbortSignal, operation?: object) {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    return fetch(
      origin + path,
      operation === undefined ? { headers, signal } : { method: 'POST', headers, signal, body: JSON.stringify(operation) },
    );
  }

  test.each([
    ['a POST to /graphql', '/graphql', { query: search }, 3],
    ['a GET of /graphql', `/graphql?query=${encodeURIComponent(search)}`, undefined, 3],
    ['a REST request', '/agentmessage/v1/conversations', undefined, 1],
  ])('%s: running statements are canceled, waiting ones never run', async (_what, path, operation, held) => {
    const { key } = await parley.tenant();
    const lock = await lockTables(parley.app, 'messages', 'conversations');
    const client = new AbortController();
    const answer = ask(path, key, client.signal, operation);
    await lock.toStop(held);
    client.abort();
    await expect(answer).rejects.toThrow();
    await lock.toEnd();
    const failures = parley.logged.filter(({ level }) => Number(level) >= 50);
    expect(failures).toEqual([]);
    await lock.release();
    expect((await parley.fetch('/agentmessage/v1/conversations', key)).status).toBe(200);
  });

  test('a mutation is rolled back', async () => {
    const tenant = await parley.tenant();
    await parley.importLines(tenant, [phoneLine({})]);
    const before = await stored(parley.app.database, tenant.id);
    const lock = await lockTables(parley.app, 'events');
    const client = new AbortController();
    const variables = { input: { messages: [inCapitals(phoneLine({}))] } };
    const answer = ask('/graphql', tenant.key, client.signal, { query: record, variables });
    await lock.toStop(1);
    client.abort();
    await expect(answer).rejects.toThrow();
    await lock.toEnd();
    await lock.release();
    expect(await stored(parley.app.database, tenant.id)).toEqual(before);
    expect(await parley.graphql(tenant.key, record, variables)).toMatchObject({ data: { recordMessages: { results: [{}] } } });
  });
});
