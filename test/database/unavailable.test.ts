// A database that does not answer gives 503 with the code UNAVAILABLE on every surface, from the look-up of the key on.
import { setImmediate } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { useApp } from '../support/harness.ts';
import { useServer } from '../support/server.ts';

/** Connections of a gateway. */
const poolSize = 10;
const unavailable = { errors: [{ message: 'temporarily unavailable', extensions: { code: 'UNAVAILABLE' } }] };
const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ viewer { name } }"}' };

describe.runIf(process.env.TEST_DATABASE_URL)('on a server', () => {
  const parley = useApp();
  const server = useServer(parley);

  /** Asks with a key that nobody has looked up yet. */
  async function askEach(...ways: ((key: string) => Promise<Response>)[]): Promise<() => Promise<Response[]>> {
    const { id } = await parley.tenant();
    const keys = await Promise.all(ways.map(() => parley.key(id)));
    return () => Promise.all(ways.map((ask, index) => ask(keys[index] ?? '')));
  }

  test('all connections are in use', async () => {
    const ask = await askEach(
      // By Node's own client: the timers of `fetch` would be counted with those that wait.
      async (key) => {
        const { status, body } = await server.send('/graphql', { ...post.headers, authorization: `Bearer ${key}` }, post);
        return new Response(body, { status });
      },
      (key) => parley.fetch('/graphql', key, post),
      (key) => parley.fetch('/agentmessage/v1/conversations', key),
    );
    const release = Promise.withResolvers<void>();
    const taken = Array.from({ length: poolSize }, () => Promise.withResolvers<void>());
    const holding = taken.map(({ resolve }) =>
      parley.app.database.session(() => {
        resolve();
        return release.promise;
      }),
    );
    await Promise.all(taken.map(({ promise }) => promise));
    // It stands still: the requests wait until the test says so.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldClearNativeTimers: true });
    onTestFinished(() => void vi.useRealTimers());
    try {
      const asked = ask();
      while (vi.getTimerCount() < 3) await setImmediate();
      // A connection is waited for five seconds, by each request once.
      vi.advanceTimersByTime(5_000);
      const answers = await asked;
      expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
      expect(await answers[0]?.json()).toMatchObject(unavailable);
      expect(await answers[1]?.json()).toMatchObject(unavailable);
      expect(await answers[2]?.json()).toMatchObject({ error: { code: 'UNAVAILABLE' } });
    } finally {
      release.resolve();
      await Promise.all(holding);
    }
    expect((await ask()).map(({ status }) => status)).toEqual([200, 200, 200]);
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
