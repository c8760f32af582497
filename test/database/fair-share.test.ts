// One key, or one organization, does not take all connections. On PostgreSQL only: PGlite has one connection.
import { describe, expect, test, vi } from 'vitest';
import { openStream } from '../modules/change/stream.ts';
import { useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';
import { lockTables } from './lock-tables.ts';

const aliases = Array.from({ length: 50 }, (_, index) => `a${index}: searchMessages(query: "a${index}", first: 1) { nodes { id } }`);
const attack = `{ ${aliases.join(' ')} }`;
const harmless = '{ viewer { name } conversations { nodes { id } } }';

const cancelOne = {
  label: 'test_cancel_one',
  text: "select pg_cancel_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' limit 1",
};

describe.runIf(process.env.TEST_DATABASE_URL)('on a server', () => {
  // Longer than any test waits: nothing here ends by the timeout.
  const parley = useApp({ statementTimeoutMs: 120_000 });

  /** Requests of a tenant that are stopped by a lock; `abort` disconnects their clients. */
  function ask(key: string, requests: number) {
    const controller = new AbortController();
    const answers = Array.from({ length: requests }, () =>
      parley.fetch('/graphql', key, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: attack }),
        signal: controller.signal,
      }),
    );
    return { abort: () => controller.abort(), answers: Promise.allSettled(answers) };
  }

  test('one request with 50 aliases holds 3 connections', async () => {
    const { key } = await parley.tenant();
    const lock = await lockTables(parley.app, 'messages');
    const attacker = ask(key, 1);
    await lock.toStop(3);
    const other = await parley.tenant();
    expect(await parley.graphql(other.key, harmless)).toMatchObject({ data: { conversations: { nodes: [] } } });
    expect(await lock.stopped()).toBe(3);
    attacker.abort();
    await attacker.answers;
    await lock.toEnd();
  });

  test('one organization holds 6 connections, and all organizations leave 2 to the gateway', async () => {
    const [first, second, third] = [await parley.tenant(), await parley.tenant(), await parley.tenant()];
    const lock = await lockTables(parley.app, 'messages');
    const attackers = [ask(first.key, 5), ask(await parley.key(first.id), 5)];
    await lock.toStop(6);
    expect(await parley.graphql(third.key, harmless)).toMatchObject({ data: { conversations: { nodes: [] } } });
    expect(await lock.stopped()).toBe(6);
    attackers.push(ask(second.key, 5));
    await lock.toStop(8);
    expect((await parley.fetch('/ready', null)).status).toBe(200);
    // The key is looked up, and then its statement waits.
    expect((await parley.fetch('/graphql', 'am_live_unknown')).status).toBe(401);
    for (const { abort } of attackers) abort();
    for (const { answers } of attackers) await answers;
    await lock.toEnd();
  });

  test('a free connection goes to the organization that holds fewer', async () => {
    const [first, second, third] = [await parley.tenant(), await parley.tenant(), await parley.tenant()];
    const lock = await lockTables(parley.app, 'messages');
    const one = ask(first.key, 2);
    await lock.toStop(6);
    const two = ask(second.key, 2);
    await lock.toStop(8);
    let answered = false;
    const waiting = parley.graphql(third.key, harmless).finally(() => {
      answered = true;
    });
    // Each canceled statement frees a connection. The attackers have 194 more statements waiting.
    let freed = 0;
    await vi.waitUntil(
      async () => {
        if (answered) return true;
        freed += (await parley.app.database.query(cancelOne)).length;
        return false;
      },
      { timeout: 20_000, interval: 100 },
    );
    expect(await waiting).toMatchObject({ data: { conversations: { nodes: [] } } });
    expect(freed).toBeLessThan(50);
    for (const { abort } of [one, two]) abort();
    await Promise.all([one.answers, two.answers]);
    await lock.toEnd();
  });

  test('the streams of a key hold 3 connections', async () => {
    const tenant = await parley.tenant();
    const { data } = await parley.graphql(tenant.key, '{ changes { latestCursor } }');
    await parley.importLines(tenant, [phoneLine({})]);
    const lock = await lockTables(parley.app, 'messages');
    const lists = Array.from({ length: 20 }, (_, index) => `a${index}: messages(first: ${index + 1}) { nodes { id } }`);
    const subscription = `subscription ($after: String) { messageRecorded(after: $after) { conversation { ${lists.join(' ')} } } }`;
    const stream = await openStream(parley.app, tenant.key, subscription, { after: data.changes.latestCursor });
    await lock.toStop(3);
    const other = await parley.tenant();
    expect(await parley.graphql(other.key, harmless)).toMatchObject({ data: { conversations: { nodes: [] } } });
    expect(await lock.stopped()).toBe(3);
    await lock.release();
    const { conversation } = await stream.take();
    expect(Object.keys(conversation)).toHaveLength(20);
    await stream.close();
  });

  test('a statement that waits too long for a connection fails: 503, or null for its part of the answer', async () => {
    const { id, key } = await parley.tenant();
    const lock = await lockTables(parley.app, 'messages');
    const attackers = [ask(key, 1), ask(await parley.key(id), 1)];
    // As many connections as the organization may hold.
    await lock.toStop(6);
    const answer = await parley.fetch('/graphql', key, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ conversations { nodes { id } } }"}',
    });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await answer.json()).toMatchObject({ errors: [{ message: 'temporarily unavailable' }] });
    const reasons = parley.logged.map(({ reason }) => reason);
    expect(reasons).toContain('no database connection became free in time: the organization uses its share');
    await lock.release();
    for (const { answers } of attackers) {
      const [settled] = await answers;
      if (settled?.status !== 'fulfilled') throw new Error('the request was not answered');
      expect(settled.value.status).toBe(200);
      // The three whose statements held a connection.
      const { data } = (await settled.value.json()) as { data: Record<string, object | null> };
      expect(Object.values(data).filter((part) => part !== null)).toEqual(Array.from({ length: 3 }, () => ({ nodes: [] })));
    }
  });
});
