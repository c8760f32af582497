// Positions of events survive a dump and a restore into another cluster, logical replication, and a move under a running gateway.
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { App } from '../../../src/app.ts';
import { startReading } from '../../../src/modules/event/store/reader-position.ts';
import { eventReader } from '../../../src/workers/event-reader.ts';
import type { Worker } from '../../../src/workers/worker.ts';
import { Cluster, canMakeClusters, needsCluster } from '../../support/cluster.ts';
import { gateway } from '../../support/gateway.ts';
import type { Tenant } from '../../support/harness.ts';
import { ask, newTenant, record } from '../../support/tenants.ts';
import { openStream, type Stream } from './stream.ts';

const recorded = 'subscription ($after: String) { messageRecorded(after: $after) { cursor message { body } } }';
const listed = `query ($after: String) { changes(after: $after, first: 100, filter: { kinds: [MESSAGE_RECORDED] }) {
  latestCursor edges { cursor node { currentMessage { body } } } } }`;
const tooOld = { code: 'CONFLICT', reason: 'TOO_OLD' };

describe.runIf(process.env.TEST_DATABASE_URL && canMakeClusters)(`a database that was copied, ${needsCluster}`, () => {
  let source: Cluster;
  let target: Cluster;
  const apps = new Set<App>();

  beforeAll(async () => {
    [source, target] = [await Cluster.create(), await Cluster.create()];
    // The source's transaction ids are far ahead of the target's.
    await source.sql(['create database parley'], 'postgres');
    await source.spendTransactions(3_000);
  });
  afterEach(async () => {
    for (const app of apps) await app.close();
    apps.clear();
  });
  afterAll(async () => {
    await source?.remove();
    await target?.remove();
  });

  async function gatewayOn(cluster: Cluster): Promise<App> {
    const app = await gateway(cluster.url);
    apps.add(app);
    return app;
  }

  async function list(app: App, tenant: Tenant, after: string | null = null) {
    const { data, errors } = await ask(app, tenant, listed, { after });
    expect(errors).toBeUndefined();
    const { edges, latestCursor } = data.changes;
    const bodies: string[] = edges.map(({ node }: { node: { currentMessage: { body: string } } }) => node.currentMessage.body);
    const cursors: string[] = edges.map(({ cursor }: { cursor: string }) => cursor);
    return { bodies, cursors, latestCursor: latestCursor as string };
  }

  /** Lists the messages once all events can be read: on the cluster of a test nobody else writes for long. */
  const listsUntil = (app: App, tenant: Tenant, after: string | null, bodies: readonly string[]) =>
    vi.waitFor(async () => expect((await list(app, tenant, after)).bodies).toEqual(bodies), { timeout: 20_000, interval: 50 });

  const refusalOf = async (app: App, tenant: Tenant, after: string) =>
    (await ask(app, tenant, listed, { after })).errors?.map(({ extensions: { code, reason } }) => ({ code, reason }));

  async function take(stream: Stream, count: number): Promise<string[]> {
    const bodies: string[] = [];
    while (bodies.length < count) bodies.push((await stream.take()).message.body);
    return bodies;
  }

  /** Starts a durable reader that counts the messages recorded. */
  async function startReader(app: App): Promise<Worker & { read: number }> {
    const counted = { read: 0 };
    const worker = eventReader(app.database, pino({ level: 'silent' }), {
      name: 'copied',
      handle: async (_tx, _organizationId, events) => {
        counted.read += events.filter(({ kind }) => kind === 'MESSAGE_RECORDED').length;
      },
    });
    await worker.start();
    return Object.assign(counted, worker);
  }

  async function refusedStream(app: App, tenant: Tenant, after: string) {
    const stream = await openStream(app, tenant.key, recorded, { after });
    expect((await stream.next())?.errors?.map(({ extensions }) => extensions)).toMatchObject([tooOld]);
    await stream.close();
  }

  test('continues after positions from before the dump, refuses later ones, and sends nothing old as new', async () => {
    const before = await gatewayOn(source);
    const [tenant, quiet] = [await newTenant(before), await newTenant(before)];
    const start = await list(before, quiet);
    await startReading(before.database, tenant.id, 'copied');
    const reader = await startReader(before);
    await record(before, tenant, '1', '2', '3', '4');
    await listsUntil(before, tenant, null, ['1', '2', '3', '4']);
    const dumped = await list(before, tenant);
    await expect.poll(() => reader.read, { timeout: 20_000 }).toBe(4);
    await reader.stop();
    const file = await source.dump();
    await record(before, tenant, 'lost');
    await listsUntil(before, tenant, null, ['1', '2', '3', '4', 'lost']);
    const lost = await list(before, tenant);
    const lostCursors = [lost.latestCursor, lost.cursors[4] ?? ''];

    await target.restore(file);
    const after = await gatewayOn(target);
    const cursor = dumped.cursors[1] ?? '';
    const continued = await startReader(after);
    const check = async () => {
      for (const position of lostCursors) {
        expect(await refusalOf(after, tenant, position)).toEqual([tooOld]);
        await refusedStream(after, tenant, position);
      }
    };
    expect((await list(after, tenant)).bodies).toEqual(['1', '2', '3', '4']);
    expect((await list(after, tenant, dumped.latestCursor)).bodies).toEqual([]);
    await check();
    const live = await openStream(after, tenant.key, recorded);
    const resumed = await openStream(after, tenant.key, recorded, { after: cursor });
    const quietLive = await openStream(after, quiet.key, recorded, { after: start.latestCursor });
    await record(after, tenant, 'new');
    await record(after, quiet, 'first');
    expect(await take(resumed, 3)).toEqual(['3', '4', 'new']);
    expect(await take(quietLive, 1)).toEqual(['first']);
    await check();
    // The target's transaction ids pass those of the source.
    await target.spendTransactions(6_000);
    await record(after, tenant, 'newer');
    expect(await take(live, 2)).toEqual(['new', 'newer']);
    expect(await take(resumed, 1)).toEqual(['newer']);
    await check();
    await listsUntil(after, tenant, cursor, ['3', '4', 'new', 'newer']);
    await listsUntil(after, tenant, dumped.latestCursor, ['new', 'newer']);
    for (const stream of [live, resumed, quietLive]) await stream.close();
    await expect.poll(() => continued.read, { timeout: 20_000 }).toBe(2);
    await continued.stop();

    // The same dump, restored once more: positions of the first restore are of another copy.
    const sibling = (await list(after, tenant)).latestCursor;
    await after.close();
    apps.delete(after);
    await target.restore(file);
    const again = await gatewayOn(target);
    await record(again, tenant, 'again');
    await listsUntil(again, tenant, cursor, ['3', '4', 'again']);
    expect(await refusalOf(again, tenant, sibling)).toEqual([tooOld]);
    expect(await refusalOf(again, tenant, lost.latestCursor)).toEqual([tooOld]);
  });

  test('continues on a logical replica after all positions of its source', async () => {
    const before = await gatewayOn(source);
    const tenant = await newTenant(before);
    await record(before, tenant, '1');
    await target.restore(await source.dump('--schema-only'));
    await source.sql(['create publication everything for all tables']);
    const connection = `host=127.0.0.1 port=${source.port} user=postgres dbname=parley`;
    await target.sql([`create subscription replica connection '${connection}' publication everything`]);
    await record(before, tenant, '2', '3');
    await listsUntil(before, tenant, null, ['1', '2', '3']);
    const { cursors, latestCursor } = await list(before, tenant);
    const messages = async () => (await target.sql([`select from messages where organization_id = '${tenant.id}'`])).length;
    await expect.poll(messages, { timeout: 20_000 }).toBe(3);
    // A publication has no sequences.
    const sequences = await source.sql<{ name: string; last: string }>([
      "select format('%I.%I', schemaname, sequencename) as name, last_value as last from pg_sequences where last_value is not null",
    ]);
    await target.sql(['drop subscription replica', ...sequences.map(({ name, last }) => `select setval('${name}', ${last})`)]);
    await source.sql(['drop publication everything']);

    const after = await gatewayOn(target);
    const resumed = await openStream(after, tenant.key, recorded, { after: cursors[0] });
    await record(after, tenant, 'new');
    expect(await take(resumed, 3)).toEqual(['2', '3', 'new']);
    await listsUntil(after, tenant, latestCursor, ['new']);
    await resumed.close();
  });

  test('refuses positions that a restore to an earlier point in time has lost, also when their transaction ids are used again', async () => {
    const before = await gatewayOn(source);
    const tenant = await newTenant(before);
    await record(before, tenant, 'kept');
    const copy = await source.copy();
    try {
      await record(before, tenant, 'lost');
      await listsUntil(before, tenant, null, ['kept', 'lost']);
      const { cursors } = await list(before, tenant);
      const after = await gatewayOn(copy);
      await copy.spendTransactions(1_000);
      await record(after, tenant, 'new');
      await listsUntil(after, tenant, cursors[0] ?? '', ['new']);
      expect(await refusalOf(after, tenant, cursors[1] ?? '')).toEqual([tooOld]);
      await after.close();
      apps.delete(after);
    } finally {
      await copy.remove();
    }
  });

  test('a gateway that keeps running ends the streams that are ahead of the restored database, and continues the others', async () => {
    const app = await gatewayOn(source);
    const [ahead, level] = [await newTenant(app), await newTenant(app)];
    const [aheadStream, levelStream] = [await openStream(app, ahead.key, recorded), await openStream(app, level.key, recorded)];
    await record(app, ahead, 'kept');
    await record(app, level, 'kept');
    expect([...(await take(aheadStream, 1)), ...(await take(levelStream, 1))]).toEqual(['kept', 'kept']);
    const file = await source.dump();
    await record(app, ahead, 'lost');
    expect(await take(aheadStream, 1)).toEqual(['lost']);

    await target.restore(file);
    const [own, its] = [target.port, source.port];
    await Promise.all([source.stop(), target.stop()]);
    await target.start(its);
    try {
      expect(await aheadStream.next()).toMatchObject({ errors: [{ extensions: tooOld }] });
      await vi.waitFor(() => record(app, level, 'new'), { timeout: 20_000, interval: 100 });
      expect(await take(levelStream, 1)).toEqual(['new']);
      const reopened = await openStream(app, ahead.key, recorded);
      await record(app, ahead, 'new');
      expect(await take(reopened, 1)).toEqual(['new']);
      await listsUntil(app, ahead, null, ['kept', 'new']);
      for (const stream of [levelStream, reopened]) await stream.close();
    } finally {
      await app.close();
      apps.delete(app);
      await target.stop();
      await target.start(own);
      await source.start(its);
    }
  });
});
