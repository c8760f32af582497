// PostgreSQL cancels a statement that runs for too long. PGlite cannot interrupt one.
import { describe, expect, test } from 'vitest';
import { inCapitals } from '../modules/message/recording.ts';
import { useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';
import { stored } from '../support/stored.ts';
import { lockTables } from './lock-tables.ts';

const record = 'mutation ($input: RecordMessagesInput!) { recordMessages(input: $input) { results { outcome } } }';

describe.runIf(process.env.TEST_DATABASE_URL)('on a server', () => {
  const parley = useApp({ statementTimeoutMs: 200 });

  const post = (key: string, query: string, variables: object = {}) =>
    parley.fetch('/graphql', key, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });

  test('a read answers 503 and may be repeated, on every surface', async () => {
    const { key } = await parley.tenant();
    const ask = () =>
      Promise.all([
        post(key, '{ conversations { nodes { id } } }'),
        parley.fetch('/agentmessage/v1/conversations', key),
        parley.fetch('/agentphone/v1/conversations', key),
        parley.fetch('/ziik/conversations', key),
      ]);
    expect((await ask()).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const lock = await lockTables(parley.app, 'conversations');
    const answers = await ask();
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
    expect(answers.map(({ headers }) => headers.get('retry-after'))).toEqual(['1', '1', '1', '1']);
    expect(await answers[0]?.json()).toMatchObject({
      errors: [{ message: 'temporarily unavailable', extensions: { code: 'UNAVAILABLE' } }],
    });
    await lock.release();
    expect((await ask()).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  test('a part of a query that takes too long is null in an answer with 200, because clients read no parts of other answers', async () => {
    const { key } = await parley.tenant();
    const lock = await lockTables(parley.app, 'agents');
    const answer = await post(key, '{ agents { totalCount } conversations { totalCount } }');
    await lock.release();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([200, null]);
    expect(await answer.json()).toMatchObject({
      data: { agents: null, conversations: { totalCount: 0 } },
      errors: [{ path: ['agents'], message: 'temporarily unavailable', extensions: { code: 'UNAVAILABLE' } }],
    });
  });

  test('the look-up of a key answers 503 on every surface', async () => {
    const lock = await lockTables(parley.app, 'api_keys');
    const paths = [
      '/graphql?query={viewer{name}}',
      '/schema.graphql',
      ...['/v1', '/agentmessage/v1', '/agentphone/v1', '/ziik'].map((mount) => `${mount}/conversations`),
    ];
    const unknown = 'am_live_not_looked_up_yet';
    const answers = await Promise.all([
      post(unknown, '{ viewer { name } }'),
      ...paths.flatMap((path) => ['GET', 'HEAD'].map((method) => parley.fetch(path, unknown, { method }))),
    ]);
    expect(answers.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual(answers.map(() => [503, '1']));
    await lock.release();
    expect((await post(unknown, '{ viewer { name } }')).status).toBe(401);
  });

  test('a transaction is rolled back, and its connection runs the next statement', async () => {
    const tenant = await parley.tenant();
    await parley.importLines(tenant, [phoneLine({})]);
    const before = await stored(parley.app.database, tenant.id);
    // Ingestion writes the conversation before its events.
    const lock = await lockTables(parley.app, 'events');
    const answer = await post(tenant.key, record, { input: { messages: [inCapitals(phoneLine({}))] } });
    expect([answer.status, await answer.json()]).toMatchObject([503, { errors: [{ extensions: { code: 'UNAVAILABLE' } }] }]);
    await lock.toEnd();
    await lock.release();
    expect(await stored(parley.app.database, tenant.id)).toEqual(before);
  });

  test('a session has no timeout, and the next user of its connection has one', async () => {
    const timeout = { label: 'test_timeout', text: "select current_setting('statement_timeout') as timeout" };
    const { database } = parley.app;
    expect(await database.session((session) => session.transaction((tx) => tx.query(timeout)))).toEqual([{ timeout: '0' }]);
    expect(await database.query(timeout)).toEqual([{ timeout: '200ms' }]);
  });
});
