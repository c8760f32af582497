// Budgets with REDIS_URL: shared by several gateways, and counted in memory while Redis does not answer. Some tests need a Redis at TEST_REDIS_URL.
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../support/harness.ts';

const { TEST_REDIS_URL } = process.env;
type Parley = ReturnType<typeof useApp>;

/** Sends a request that costs 1. @returns the rest of the key's budget */
async function remaining(parley: Parley, key: string): Promise<number> {
  const { status, headers } = await parley.fetch('/agentphone/v1/conversations?limit=x', key);
  // Such a request does no input or output, so it gives the connection to Redis no turn of the event loop.
  await turn();
  expect(status).toBe(422);
  return Number(headers.get('ratelimit-remaining'));
}

const warnings = ({ logged }: Parley) => logged.filter(({ level, msg }) => Number(level) >= 40 && /Redis/.test(String(msg)));
const notices = ({ logged }: Parley) => logged.filter(({ level, msg }) => level === 30 && /Redis/.test(String(msg)));
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Opens a server. Closing it cuts its connections. */
async function listen(onConnection: (socket: Socket) => void, port = 0): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    onConnection(socket);
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as { port: number }).port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

describe('an unreachable Redis', () => {
  // Port 1 of this machine: nothing listens there.
  const parley = useApp({ redisUrl: 'redis://:secret@127.0.0.1:1' });

  test('counts budgets in memory, and logs it once', async () => {
    const { id } = await parley.tenant();
    const key = await parley.key(id, undefined, null, 3);
    expect([await remaining(parley, key), await remaining(parley, key), await remaining(parley, key)]).toEqual([2, 1, 0]);
    const refused = await parley.fetch('/agentphone/v1/conversations', key);
    expect([refused.status, (await refused.json()).error.code]).toEqual([429, 'RATE_LIMIT_EXCEEDED']);
    while (warnings(parley).length === 0) await turn();
    for (let nth = 0; nth < 5; nth++) await remaining(parley, key);
    expect(warnings(parley)).toMatchObject([
      { msg: 'Redis does not answer: budgets are counted in memory until it does', reason: expect.stringContaining('ECONNREFUSED') },
    ]);
    expect(JSON.stringify(parley.logged)).not.toContain('secret');
  });
});

describe('a Redis that accepts connections and does not answer', () => {
  let redis: Awaited<ReturnType<typeof listen>>;
  const settings = { redisUrl: '' };
  beforeAll(async () => {
    redis = await listen(() => {});
    settings.redisUrl = `redis://127.0.0.1:${redis.port}`;
  });
  const parley = useApp(settings);
  afterAll(() => redis.close());

  test('holds up no request', async () => {
    const { key } = await parley.tenant();
    expect([await remaining(parley, key), await remaining(parley, key)]).toEqual([999_999_999, 999_999_998]);
  });
});

describe.runIf(TEST_REDIS_URL)('a real Redis', () => {
  const target = new URL(TEST_REDIS_URL ?? 'redis://127.0.0.1');
  const open = (socket: Socket) => {
    const there = connect(Number(target.port || 6379), target.hostname).on('error', () => {});
    there.on('data', (data) => muted || socket.write(data));
    socket.pipe(there);
    socket.once('close', () => there.destroy());
  };
  let muted = false;
  let redis: Awaited<ReturnType<typeof listen>>;
  // The apps read it when they start, after the server has its port.
  const settings = { redisUrl: '' };
  beforeAll(async () => {
    redis = await listen(open);
    settings.redisUrl = `redis://127.0.0.1:${redis.port}`;
  });
  const one = useApp(settings);
  const other = useApp(settings);
  afterAll(() => redis.close());
  let tenant: Tenant;

  /** Creates a key, and copies it to the other gateway's database. */
  async function sharedKey(budget: number): Promise<string> {
    const key = await one.key(tenant.id, undefined, null, budget);
    const rows = {
      label: 'test_rows',
      text: 'select to_jsonb(k)::text as row from api_keys k where organization_id = $1',
      values: [tenant.id],
    };
    for (const { row } of await one.app.database.query<{ row: string }>(rows)) {
      await other.app.database.query({
        label: 'test_copy',
        text: 'insert into api_keys select * from jsonb_populate_record(null::api_keys, $1::jsonb) on conflict do nothing',
        values: [row],
      });
    }
    return key;
  }

  beforeAll(async () => {
    tenant = await one.tenant();
    await other.app.database.query({
      label: 'test_organization',
      text: `insert into organizations select * from jsonb_populate_record(null::organizations, $1::jsonb)`,
      values: [
        (
          await one.app.database.query<{ row: string }>({
            label: 'test_organization',
            text: 'select to_jsonb(o)::text as row from organizations o where id = $1',
            values: [tenant.id],
          })
        )[0]?.row,
      ],
    });
    // No request waits for the connection, so each gateway counts in memory until it has one.
    const key = await sharedKey(1_000_000);
    for (;;) {
      const [here, there] = [await remaining(one, key), await remaining(other, key)];
      if (there === here - 1) return;
    }
  });

  test('two gateways spend one budget of a key', async () => {
    const key = await sharedKey(4);
    expect([await remaining(one, key), await remaining(other, key), await remaining(one, key)]).toEqual([3, 2, 1]);
    expect((await other.fetch('/agentphone/v1/conversations', key)).status).toBe(200);
    expect((await one.fetch('/agentphone/v1/conversations', key)).status).toBe(429);
    expect((await other.fetch('/agentphone/v1/conversations', key)).status).toBe(429);
  });

  test('counts in memory while Redis does not answer, and shares again when it does; each change is logged once', async () => {
    const key = await sharedKey(1_000_000);
    expect([await remaining(one, key), await remaining(other, key)]).toEqual([999_999, 999_998]);
    const { port } = redis;
    await redis.close();
    for (const parley of [one, other]) while (warnings(parley).length === 0) await remaining(parley, key);
    const alone = await sharedKey(1_000_000);
    expect([await remaining(one, alone), await remaining(other, alone)]).toEqual([999_999, 999_999]);
    redis = await listen(open, port);
    for (const parley of [one, other]) while (notices(parley).length === 0) await remaining(parley, key);
    expect([warnings(one).length, warnings(other).length, notices(one).length, notices(other).length]).toEqual([1, 1, 1, 1]);
    const shared = await sharedKey(1_000_000);
    expect([await remaining(one, shared), await remaining(other, shared)]).toEqual([999_999, 999_998]);
  });

  test('counts in memory once a connected Redis stops answering', async () => {
    const [noticesBefore, key] = [notices(one).length, await sharedKey(1_000_000)];
    await remaining(other, key);
    muted = true;
    expect([await remaining(one, key), await remaining(one, key)]).toEqual([999_999, 999_998]);
    muted = false;
    while (notices(one).length === noticesBefore) await remaining(one, key);
    const shared = await sharedKey(1_000_000);
    while (notices(other).length < warnings(other).length) await remaining(other, key);
    expect([await remaining(other, shared), await remaining(one, shared)]).toEqual([999_999, 999_998]);
  });
});
