import { pino } from 'pino';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { App } from '../../src/app.ts';
import { StatementTimeoutError } from '../../src/errors.ts';
import { startReading, stopReading } from '../../src/modules/event/store/reader-position.ts';
import type { EventRow } from '../../src/modules/event/store/rows.ts';
import { type DurableReader, eventReader } from '../../src/workers/event-reader.ts';
import type { Worker } from '../../src/workers/worker.ts';
import { run } from '../main/start.ts';
import { readable } from '../modules/change/readable.ts';
import { databaseUrl, gateway } from '../support/gateway.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';

const parley = useApp();
const patience = { timeout: 30_000, interval: 20 };
const workers = new Set<Worker>();
const failures: { reader: string; organizationId: string; msg: string }[] = [];
const log = pino({ level: 'error' }, { write: (line) => void failures.push(JSON.parse(line)) });

afterEach(async () => {
  for (const worker of workers) await worker.stop();
  workers.clear();
});

async function start(reader: DurableReader, app: App = parley.app): Promise<Worker> {
  const worker = eventReader(app.database, log, reader);
  workers.add(worker);
  await worker.start();
  return worker;
}

/** A reader that notes the messages recorded, as `<organization> <message>`. */
function noting(name: string, noted: string[], before: (events: readonly EventRow[]) => void = () => {}): DurableReader {
  return {
    name,
    async handle(_tx, organizationId, events) {
      before(events);
      for (const { kind, messageId } of events) if (kind === 'MESSAGE_RECORDED') noted.push(`${organizationId} ${messageId}`);
    },
  };
}

/** The messages recorded in an organization, in the order of commits. */
async function recorded({ id }: Tenant): Promise<string[]> {
  const rows = await parley.app.database.query<{ noted: string }>({
    label: 'test_recorded',
    text: `select organization_id || ' ' || message_id as noted from events
      where organization_id = $1 and kind = 'MESSAGE_RECORDED' order by transaction_id, id`,
    values: [id],
  });
  return rows.map(({ noted }) => noted);
}

const record = (tenant: Tenant, count = 1) =>
  parley.importLines(
    tenant,
    Array.from({ length: count }, () => phoneLine({})),
  );

async function tenantThatReads(reader: string): Promise<Tenant> {
  const tenant = await parley.tenant();
  await startReading(parley.app.database, tenant.id, reader);
  return tenant;
}

const settled = (noted: string[], tenant: Tenant) => vi.waitFor(async () => expect(noted).toEqual(await recorded(tenant)), patience);

describe('a durable reader', () => {
  test('receives each event once, in the order of commits, more than a batch of them too', async () => {
    const tenant = await tenantThatReads('all');
    const noted: string[] = [];
    await start(noting('all', noted));
    for (const count of [1, 3, 700]) await record(tenant, count);
    await settled(noted, tenant);
    expect(noted).toHaveLength(704);
  });

  test('continues after its last position when it starts again', async () => {
    const tenant = await tenantThatReads('restarted');
    const noted: string[] = [];
    const first = await start(noting('restarted', noted));
    await record(tenant, 2);
    await settled(noted, tenant);
    await first.stop();
    await record(tenant, 2);
    await start(noting('restarted', noted));
    await record(tenant);
    await settled(noted, tenant);
    expect(noted).toHaveLength(5);
  });

  test('receives the same events again after a failure, and its earlier writes are rolled back', async () => {
    const tenant = await tenantThatReads('failing');
    const noted: string[] = [];
    let left = 2;
    const { name, handle } = noting('failing', noted);
    await start({
      name,
      async handle(tx, organizationId, events) {
        await tx.query({
          label: 'test_write',
          text: "update organizations set name = name || '!' where id = $1",
          values: [organizationId],
        });
        if (left-- > 0) throw new Error('the receiver of the test fails');
        await handle(tx, organizationId, events);
      },
    });
    await record(tenant, 2);
    await settled(noted, tenant);
    const nameOfOrganization = async () => {
      const text = 'select name from organizations where id = $1';
      const [organization] = await parley.app.database.query<{ name: string }>({ label: 'test_name', text, values: [tenant.id] });
      return organization?.name;
    };
    // The reader notes the events before its transaction commits.
    await vi.waitFor(async () => expect(await nameOfOrganization()).toBe('Test organization!'), patience);
    expect(failures.filter(({ organizationId }) => organizationId === tenant.id)).toHaveLength(2);
  });

  test('continues with other organizations while one fails', async () => {
    const [failing, working] = [await tenantThatReads('partly'), await tenantThatReads('partly')];
    const noted: string[] = [];
    const { name, handle } = noting('partly', noted);
    await start({
      name,
      async handle(tx, organizationId, events) {
        if (organizationId === failing.id) throw new Error('the receiver of the test fails');
        await handle(tx, organizationId, events);
      },
    });
    await record(failing);
    await record(working, 2);
    await settled(noted, working);
    expect(noted).toHaveLength(2);
  });

  test('goes on in other organizations while a statement takes too long in the first', async () => {
    const [slow, working] = [await tenantThatReads('slow'), await tenantThatReads('slow')];
    const noted: string[] = [];
    const { name, handle } = noting('slow', noted);
    for (const tenant of [slow, working]) await record(tenant);
    // On PostgreSQL the organizations are read together only after all older transactions have ended.
    await readable(parley.app.database);
    await start({
      name,
      async handle(tx, organizationId, events) {
        if (organizationId === slow.id) throw new StatementTimeoutError('the database canceled a statement of the test');
        await handle(tx, organizationId, events);
      },
    });
    await settled(noted, working);
    expect(noted).toHaveLength(1);
  });

  test('tries an organization once a second, however often it was woken while it failed', async () => {
    const tenant = await tenantThatReads('busy');
    let tries = 0;
    await start({
      name: 'busy',
      async handle() {
        tries += 1;
        throw new Error('the receiver of the test fails');
      },
    });
    const until = (count: number) => vi.waitFor(() => expect(tries).toBeGreaterThanOrEqual(count), patience);
    for (let woken = 1; woken <= 15; woken += 1) {
      const before = tries;
      await record(tenant);
      await until(before + 1);
    }
    const [before, begun] = [tries, performance.now()];
    await until(before + 3);
    // The poll may have added one.
    expect(performance.now() - begun).toBeGreaterThan(900);
  });

  test('receives no events of an organization for which it was not started or was stopped', async () => {
    const [other, stopped, read] = [await parley.tenant(), await tenantThatReads('some'), await tenantThatReads('some')];
    await stopReading(parley.app.database, stopped.id, 'some');
    const noted: string[] = [];
    await start(noting('some', noted));
    for (const tenant of [other, stopped, read]) await record(tenant);
    await settled(noted, read);
    expect(noted).toHaveLength(1);
  });

  test('keeps its position when reading is started a second time', async () => {
    const tenant = await tenantThatReads('twice');
    await record(tenant);
    await startReading(parley.app.database, tenant.id, 'twice');
    const noted: string[] = [];
    await start(noting('twice', noted));
    await settled(noted, tenant);
    expect(noted).toHaveLength(1);
  });

  const reportsOf = ({ id }: Tenant) => failures.filter(({ organizationId }) => organizationId === id).map(({ msg }) => msg);

  test('reports that events were purged before it read them, and continues with the first kept event', async () => {
    const tenant = await tenantThatReads('purged');
    for (let count = 0; count < 3; count += 1) await record(tenant);
    await readable(parley.app.database);
    await parley.app.database.query({
      label: 'test_purge',
      text: `with kept as (select max(transaction_id) as before from events where organization_id = $1),
          purged as (delete from events e using kept where e.organization_id = $1 and e.transaction_id < kept.before)
        update organizations o set events_purged_before = kept.before from kept where o.id = $1`,
      values: [tenant.id],
    });
    const noted: string[] = [];
    await start(noting('purged', noted));
    await settled(noted, tenant);
    await record(tenant);
    await settled(noted, tenant);
    expect(noted).toHaveLength(2);
    expect(reportsOf(tenant)).toEqual(['events were purged before an event reader read them: it continues with the first kept event']);
  });

  test('reports that it is ahead of a restored database, and continues after the last event before its position', async () => {
    const tenant = await tenantThatReads('ahead');
    await record(tenant, 2);
    await parley.app.database.query({
      label: 'test_restore',
      text: `with ahead as (update event_readers set transaction_id = (select horizon + 1000 from event_now()) where organization_id = $1)
        select begin_event_range()`,
      values: [tenant.id],
    });
    await record(tenant, 3);
    const noted: string[] = [];
    await start(noting('ahead', noted));
    await record(tenant);
    await vi.waitFor(async () => expect(noted).toEqual((await recorded(tenant)).slice(2)), patience);
    expect(noted).toHaveLength(4);
    expect(reportsOf(tenant)).toEqual([
      'an event reader is ahead of a restored database: it continues after the last event before its position',
    ]);
  });

  test.runIf(process.env.TEST_DATABASE_URL)('goes on in other organizations while the connection is always lost in the first', async () => {
    const [losing, working] = [await tenantThatReads('losing'), await tenantThatReads('losing')];
    const noted: string[] = [];
    const { name, handle } = noting('losing', noted);
    for (const tenant of [losing, working]) await record(tenant);
    await readable(parley.app.database);
    await start({
      name,
      async handle(tx, organizationId, events) {
        if (organizationId === losing.id) await tx.query({ label: 'test_lose', text: 'select pg_terminate_backend(pg_backend_pid())' });
        await handle(tx, organizationId, events);
      },
    });
    await settled(noted, working);
    await record(working);
    await settled(noted, working);
    expect(noted).toHaveLength(2);
  });

  test.runIf(process.env.TEST_DATABASE_URL)('receives the events that a gateway was handling when it was killed', async () => {
    const tenant = await tenantThatReads('killed');
    const killed = run('test/workers/hanging-reader.ts', { DATABASE_URL: await databaseUrl(parley.app), READER: 'killed' });
    await killed.until('stdout', /reading/);
    await record(tenant, 3);
    await killed.until('stdout', /handling 3 messages/);
    const noted: string[] = [];
    await start(noting('killed', noted));
    await record(tenant);
    killed.signal('SIGKILL');
    await settled(noted, tenant);
    expect(noted).toHaveLength(4);
  });

  test.runIf(process.env.TEST_DATABASE_URL)('receives each event once where two gateways read', async () => {
    const tenant = await tenantThatReads('shared');
    const noted: string[] = [];
    const other = await gateway(await databaseUrl(parley.app));
    await start(noting('shared', noted));
    await start(noting('shared', noted), other);
    for (let count = 0; count < 20; count += 1) await record(tenant);
    await settled(noted, tenant);
    expect(noted).toHaveLength(20);
    for (const worker of workers) await worker.stop();
    await other.close();
  });
});
