// A migration changes tables that requests use at the same time. Neither may fail.
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parley as command, environmentOf, type Outcome } from '../cli/parley.ts';
import { copyRelease } from '../cli/release.ts';
import { inCapitals } from '../modules/message/recording.ts';
import { databaseUrl, gateway } from '../support/gateway.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';
import { lockTables } from './lock-tables.ts';

const record = 'mutation ($input: RecordMessagesInput!) { recordMessages(input: $input) { results { outcome } } }';
const conversationFirst = 'ALTER TABLE "conversations" ADD COLUMN "a_NN" int; ALTER TABLE "events" ADD COLUMN "a_NN" int;';
const eventsFirst = 'ALTER TABLE "events" ADD COLUMN "b_NN" int; ALTER TABLE "conversations" ADD COLUMN "b_NN" int;';
const locks = '-- parley: locks events, conversations\n';

describe.runIf(process.env.TEST_DATABASE_URL)('on a server', () => {
  // Longer than a command needs to start.
  const parley = useApp({ statementTimeoutMs: 120_000 });

  /** Starts the migration of a later release that has these migrations more. */
  async function migrateLater(...sqls: string[]): Promise<Outcome> {
    const release = await copyRelease();
    const names = sqls.map((_, index) => `2999123123595${index}_${Math.random().toString(36).slice(2)}`);
    for (const [index, name] of names.entries()) await release.addMigration(name, (sqls[index] ?? '').replaceAll('NN', name));
    const env = environmentOf({ url: await databaseUrl(parley.app) });
    const outcome = command(env, ['migrate', '--json'], release.folder);
    onTestFinished(async () => {
      await outcome;
      // The next test has another later release.
      await parley.app.database.query({ label: 'test_forget', text: "delete from _prisma_migrations where migration_name like '2999%'" });
      await release[Symbol.asyncDispose]();
    });
    return outcome;
  }

  const write = ({ key }: Tenant, line: ReturnType<typeof phoneLine>) =>
    parley.graphql(key, record, { input: { messages: [inCapitals(line)] } });

  test.each([
    ['that names the tables it changes', locks],
    ['that does not', ''],
  ])('a migration %s gives way to a request that holds one of its tables and needs another', async (_name, notes) => {
    const tenant = await parley.tenant();
    // The request has written a conversation. It writes its events last.
    const lock = await lockTables(parley.app, 'participants');
    const written = write(tenant, phoneLine({}));
    await lock.toStop(1);
    const migrated = migrateLater(notes + eventsFirst);
    // It waits for the conversations; without notes it has the events by then.
    await lock.toStop(2);
    await lock.release();
    expect(await written).toMatchObject({ data: { recordMessages: { results: [{ outcome: 'CREATED' }] } } });
    expect(await migrated).toMatchObject({ code: 0, stderr: '' });
  });

  test('a migration under load: every write is stored, and the migration ends', async () => {
    const tenants = [await parley.tenant(), await parley.tenant(), await parley.tenant()];
    let migrating = true;
    const failed: unknown[] = [];
    const written = tenants.map(async (tenant) => {
      let lines = 0;
      while (migrating && failed.length === 0) {
        const recorded = await write(tenant, phoneLine({ externalId: `under-load-${lines}` }));
        const list = await parley.graphql(tenant.key, '{ conversations { nodes { id messages(first: 1) { nodes { id } } } } }');
        const id = list.data?.conversations.nodes[0].id;
        const read = await parley.graphql(tenant.key, `mutation { markConversationRead(input: { id: "${id}" }) { conversation { id } } }`);
        for (const { errors } of [recorded, list, read]) if (errors) failed.push(...errors);
        if (recorded.data.recordMessages.results[0].outcome === 'CREATED') lines += 1;
      }
      return lines;
    });
    const outcome = await migrateLater(
      conversationFirst,
      eventsFirst,
      locks + conversationFirst.replaceAll('a_', 'c_'),
      locks + eventsFirst.replaceAll('b_', 'd_'),
    );
    migrating = false;
    const lines = await Promise.all(written);
    expect(failed).toEqual([]);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    for (const [index, { key }] of tenants.entries())
      expect(await parley.graphql(key, '{ conversations { nodes { messages { totalCount } } } }')).toEqual({
        data: { conversations: { nodes: [{ messages: { totalCount: lines[index] } }] } },
      });
  });

  test('a request whose transaction PostgreSQL ends because of a deadlock is repeated', async () => {
    const tenant = await parley.tenant();
    await parley.importLines(tenant, [phoneLine({})]);
    const url = await databaseUrl(parley.app);
    const client = new pg.Client(url);
    await client.connect();
    // Long enough for the other side to begin its wait; the other side itself never looks for a deadlock.
    await client.query(`alter database "${new URL(url).pathname.slice(1)}" set deadlock_timeout = '3s'`);
    const other = await gateway(url);
    onTestFinished(async () => {
      await client.end();
      await other.close();
    });
    await client.query("set deadlock_timeout = '1h'; begin; lock table events in exclusive mode");
    const { data } = await parley.graphql(tenant.key, '{ conversations { nodes { id } } }');
    const { id } = data.conversations.nodes[0];
    const request = new Request('http://parley.test/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tenant.key}` },
      body: JSON.stringify({ query: `mutation { updateConversation(input: { id: "${id}", archived: true }) { conversation { id } } }` }),
    });
    const answered = other.fetch(request);
    const waiting = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    await expect.poll(async () => (await parley.app.database.query({ label: 'test_waiting', text: waiting })).length).toBe(1);
    // The request holds the conversation and waits for the events.
    await client.query('update conversations set metadata = null where organization_id = $1', [tenant.id]);
    await client.query('commit');
    const answer = await answered;
    expect([answer.status, await answer.json()]).toMatchObject([200, { data: { updateConversation: { conversation: { id } } } }]);
    const [conversation] = await parley.app.database.query<{ archived: boolean }>({
      label: 'test_archived',
      text: 'select archived_at is not null as archived from conversations where organization_id = $1',
      values: [tenant.id],
    });
    expect(conversation).toEqual({ archived: true });
  });
});
