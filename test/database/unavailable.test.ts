// A database that does not answer gives 503 with the code UNAVAILABLE on every surface, from the look-up of the key on.
import { setImmediate } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { App } from '../../src/app.ts';
import { Line } from '../support/database-line.ts';
import { databaseUrl, gateway } from '../support/gateway.ts';
import { useApp } from '../support/harness.ts';
import { useServer } from '../support/server.ts';

/** Connections of a gateway. */
const databasePool = 10;
const unavailable = { errors: [{ message: 'temporarily unavailable', extensions: { code: 'UNAVAILABLE' } }] };
const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ viewer { name } }"}' };

describe.runIf(process.env.TEST_DATABASE_URL)('on a server', () => {
  const parley = useApp({ databasePool });
  const server = useServer(parley);

  /** Asks with a key that nobody has looked up yet. */
  async function askEach(...ways: ((key: string) => Promise<Response>)[]): Promise<() => Promise<Response[]>> {
    const { id } = await parley.tenant();
    const keys = await Promise.all(ways.map(() => parley.key(id)));
    return () => Promise.all(ways.map((ask, index) => ask(keys[index] ?? '')));
  }

  /** Takes every connection of the pool. @returns a function that gives them back */
  async function holdAll(): Promise<() => Promise<void>> {
    const release = Promise.withResolvers<void>();
    const taken = Array.from({ length: databasePool }, () => Promise.withResolvers<void>());
    const holding = taken.map(({ resolve }) =>
      parley.app.database.session(() => {
        resolve();
        return release.promise;
      }),
    );
    await Promise.all(taken.map(({ promise }) => promise));
    return async () => {
      release.resolve();
      await Promise.all(holding);
    };
  }

  test('all connections are in use', async () => {
    const ask = await askEach(
      // By Node's own client: the timers of `fetch` would be counted with those that wait.
      async (key) => {
        const { status, headers, body } = await server.send('/graphql', { ...post.headers, authorization: `Bearer ${key}` }, post);
        return new Response(body, { status, headers: { 'retry-after': String(headers['retry-after']) } });
      },
      (key) => parley.fetch('/graphql', key, post),
      (key) => parley.fetch('/agentmessage/v1/conversations', key),
    );
    const release = await holdAll();
    // It stands still: the requests wait until the test says so.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldClearNativeTimers: true });
    onTestFinished(() => void vi.useRealTimers());
    try {
      const asked = ask();
      while (vi.getTimerCount() < 3) await setImmediate();
      // A connection is waited for five seconds, by each request once.
      vi.advanceTimersByTime(5_000);
      const answers = await asked;
      expect(answers.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual(Array(3).fill([503, '1']));
      expect(await answers[0]?.json()).toMatchObject(unavailable);
      expect(await answers[1]?.json()).toMatchObject(unavailable);
      expect(await answers[2]?.json()).toMatchObject({ error: { code: 'UNAVAILABLE' } });
    } finally {
      await release();
    }
    expect((await ask()).map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  test('/ready says which of the two it is: all connections are in use, or the database does not answer', async () => {
    const line = await Line.to(await databaseUrl(parley.app));
    const other = await gateway(line.url);
    const ready = async (app: Pick<App, 'fetch'>) => {
      const answer = await app.fetch(new Request('http://parley.test/ready'));
      return [answer.status, answer.headers.get('retry-after'), await answer.json()];
    };
    const release = await holdAll();
    // Each gateway has a pool of its own.
    expect(await ready(other)).toEqual([200, null, { status: 'ready' }]);
    expect(await ready(parley.app)).toEqual([503, '1', { status: 'every database connection is in use' }]);
    await release();
    expect(await ready(parley.app)).toEqual([200, null, { status: 'ready' }]);
    for (const interrupt of [() => line.cut('querying'), () => line.silence('querying')]) {
      interrupt();
      expect(await ready(other)).toEqual([503, '1', { status: 'the database does not answer' }]);
      line.restore();
      expect(await ready(other)).toEqual([200, null, { status: 'ready' }]);
    }
    await other.close();
    line.close();
  });

  test('the connection is lost while the key is looked up', async () => {
    const ask = await askEach((key) => parley.fetch('/graphql', key, post));
    const locked = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const holding = parley.app.database.transaction(async (tx) => {
      await tx.script('lock table api_keys in access exclusive mode');
      locked.resolve();
      await release.promise;
    });
    await locked.promise;
    const asked = ask();
    await vi.waitFor(async () => {
      const ended = await parley.app.database.query({
        label: 'test_end_waiting',
        text: "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      });
      expect(ended).toHaveLength(1);
    });
    const answers = await asked;
    release.resolve();
    await holding;
    expect(answers.map(({ status }) => status)).toEqual([503]);
    expect(await answers[0]?.json()).toMatchObject(unavailable);
    expect((await ask()).map(({ status }) => status)).toEqual([200]);
  });
});
