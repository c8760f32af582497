// A database on a disk that fills up.
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { type App, createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { useApp } from '../support/harness.ts';
import { canMount, needsMount, SmallDisk } from '../support/small-disk.ts';
import { newTenant } from '../support/tenants.ts';
import { Writers } from '../support/writers.ts';

const bodies = '{ conversations(first: 50) { nodes { messages(first: 200) { nodes { body } } } } }';
const unavailable = [{ message: 'temporarily unavailable', extensions: { code: 'UNAVAILABLE', retryAfter: 1 } }];

describe.runIf(canMount && !process.env.TEST_DATABASE_URL)(`the embedded database ${needsMount}`, () => {
  async function prepare() {
    const disk = await SmallDisk.mount(300);
    onTestFinished(() => disk.unmount());
    const template = inject('template');
    const dataDir = join(disk.folder, 'data');
    await cp('dataDir' in template ? template.dataDir : '', dataDir, { recursive: true });
    const start = async () => {
      const app = await createApp({ ...loadConfig({ DATA_DIR: dataDir }), demo: false }, pino({ level: 'silent' }));
      let open = true;
      const close = async () => {
        if (open) await app.close();
        open = false;
      };
      onTestFinished(close);
      return { app, close };
    };
    return { disk, start };
  }

  async function post(app: App, key: string, query: string) {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
    return app.fetch(new Request('http://parley.test/graphql', { method: 'POST', headers, body: JSON.stringify({ query }) }));
  }

  async function readBodies(app: App, key: string): Promise<string[]> {
    const { data } = (await (await post(app, key, bodies)).json()) as {
      data: { conversations: { nodes: { messages: { nodes: { body: string }[] } }[] } };
    };
    return data.conversations.nodes.flatMap(({ messages }) => messages.nodes.map(({ body }) => body)).toSorted();
  }

  test('writes answer UNAVAILABLE and reads go on; with space again the writers continue, and a restart finds all that was acknowledged', async () => {
    const { disk, start } = await prepare();
    const first = await start();
    const tenant = await newTenant(first.app);
    const writers = new Writers(first.app, tenant, 4);
    await writers.more(20);
    disk.fill();
    // Each writer fails at least twice: the second attempt began on the full disk.
    await writers.fail(8);
    const stored = writers.acknowledged.toSorted();
    expect(await readBodies(first.app, tenant.key)).toEqual(stored);
    expect((await first.app.fetch(new Request('http://parley.test/ready'))).status).toBe(200);
    disk.free();
    await writers.more(20);
    await writers.stop();
    await first.close();

    const second = await start();
    expect(await readBodies(second.app, tenant.key)).toEqual(writers.acknowledged.toSorted());
  });

  test('after a panic every request answers 503 at once, the gateway stops in order, and a restart finds all that was acknowledged', async () => {
    const { disk, start } = await prepare();
    const first = await start();
    const tenant = await newTenant(first.app);
    const writers = new Writers(first.app, tenant, 1);
    await writers.more(5);
    await writers.stop();
    // Fills the log of changes alone, in one statement: no check before a transaction can stop it.
    const text = "select pg_logical_emit_message(false, 'test', repeat('x', 1000000)) is null as none from generate_series(1, 1000)";
    await expect(first.app.database.transaction((tx) => tx.query({ label: 'test_fill_log', text }))).rejects.toThrow('its disk is full');
    const answer = await post(first.app, tenant.key, bodies);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect(((await answer.json()) as { errors: unknown }).errors).toMatchObject(unavailable);
    expect((await first.app.fetch(new Request('http://parley.test/ready'))).status).toBe(503);
    await first.close();

    await disk.resize(900);
    const second = await start();
    expect(await readBodies(second.app, tenant.key)).toEqual(writers.acknowledged.toSorted());
  });
});

describe.runIf(process.env.TEST_DATABASE_URL)('a PostgreSQL server', () => {
  const parley = useApp();

  test('without space on its disk makes writes UNAVAILABLE, while reads go on', async () => {
    const tenant = await parley.tenant();
    const sql = (text: string) => parley.app.database.query({ label: 'test_disk', text, replanned: true });
    // With the error code of a server whose disk is full.
    await sql(
      `create function test_disk_full() returns trigger language plpgsql as $$ begin raise exception 'No space left on device' using errcode = '53100'; end $$`,
    );
    const record = `mutation { recordMessages(input: { messages: [{ externalId: "a", createdAt: "2026-01-01T00:00:00Z", direction: INBOUND, body: "Hello",
      phoneNumber: "+15550000001", contactNumber: "+15550000002" }] }) { results { outcome } } }`;
    const rename = 'mutation { createAgent(input: { externalId: "a", name: "A" }) { agent { name } } }';
    for (const [table, mutation] of [
      ['messages', record],
      ['agents', rename],
    ] as const) {
      await sql(`create trigger test_disk_full before insert on ${table} execute function test_disk_full()`);
      expect((await parley.graphql(tenant.key, mutation)).errors).toMatchObject(unavailable);
      expect((await parley.graphql(tenant.key, bodies)).errors).toBeUndefined();
      await sql(`drop trigger test_disk_full on ${table}`);
      expect((await parley.graphql(tenant.key, mutation)).errors).toBeUndefined();
    }
  });
});
