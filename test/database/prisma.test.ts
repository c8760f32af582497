// Prisma's client inside the database's own transactions.
import { uuidv7 } from 'uuidv7';
import { describe, expect, test } from 'vitest';
import type { Transaction } from '../../src/database/database.ts';
import { useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';
import { lockTables } from './lock-tables.ts';

const parley = useApp();

const addBySql = (tx: Transaction, organizationId: string, externalId: string) =>
  tx.query({
    label: 'test_add_agent',
    text: "insert into agents (organization_id, id, external_id, name) values ($1, $2, $3, 'by SQL')",
    values: [organizationId, uuidv7(), externalId],
  });
const addByPrisma = (tx: Transaction, organizationId: string, externalId: string) =>
  tx.prisma.agent.create({ data: { organizationId, id: uuidv7(), externalId, name: 'by Prisma' } });
const find = ({ prisma }: Pick<Transaction, 'prisma'>, organizationId: string, externalId: string) =>
  prisma.agent.findUnique({ where: { organizationId_externalId: { organizationId, externalId } } });
const names = async (tx: Pick<Transaction, 'query'>, organizationId: string) => {
  const agents = await tx.query<{ name: string }>({
    label: 'test_agents',
    text: 'select name from agents where organization_id = $1 order by name',
    values: [organizationId],
  });
  return agents.map(({ name }) => name);
};

test('Prisma and SQL see the writes of each other in a transaction', async () => {
  const { database } = parley.app;
  const { id } = await parley.tenant();
  await database.transaction(async (tx) => {
    await addBySql(tx, id, 'one');
    await addByPrisma(tx, id, 'two');
    expect(await names(tx, id)).toEqual(['by Prisma', 'by SQL']);
    expect(await find(tx, id, 'one')).toMatchObject({ name: 'by SQL' });
  });
  expect(await names(database, id)).toEqual(['by Prisma', 'by SQL']);
  expect(await find(database, id, 'two')).toMatchObject({ name: 'by Prisma' });
});

test('they are rolled back together', async () => {
  const { id } = await parley.tenant();
  const work = parley.app.database.transaction(async (tx) => {
    await addByPrisma(tx, id, 'one');
    await addBySql(tx, id, 'two');
    await addByPrisma(tx, id, 'two');
  });
  await expect(work).rejects.toMatchObject({ code: 'P2002' });
  expect(await names(parley.app.database, id)).toEqual([]);
});

test('concurrent transactions see only their own writes, even if Prisma batches their look-ups', async () => {
  const { database } = parley.app;
  const { id } = await parley.tenant();
  const writers = ['one', 'two', 'three'];
  // The embedded database has one session: its transactions come one after the other.
  const together = database.kind === 'postgres' ? writers.length : 1;
  const [written, seen] = [meeting(together), meeting(together)];
  const own = await Promise.all(
    writers.map((name) =>
      database.transaction(async (tx) => {
        await addByPrisma(tx, id, name);
        await written();
        const found = await Promise.all(writers.map((each) => find(tx, id, each)));
        await seen();
        return found.flatMap((agent) => agent?.externalId ?? []);
      }),
    ),
  );
  if (together > 1) expect(own).toEqual([['one'], ['two'], ['three']]);
  else expect(own.map((each, index) => each.includes(writers[index] ?? ''))).toEqual([true, true, true]);
});

/** A function whose callers wait until so many have called it. */
function meeting(size: number): () => Promise<void> {
  let missing = size;
  const { promise, resolve } = Promise.withResolvers<void>();
  return () => {
    missing -= 1;
    if (missing <= 0) resolve();
    return promise;
  };
}

test('each statement of Prisma has a label and leaves a line in the log, and a transaction without one runs none', async () => {
  const { id } = await parley.tenant();
  const labels = await parley.statements(async () => {
    await parley.app.database.transaction((tx) => addBySql(tx, id, 'one'));
    await parley.app.database.transaction((tx) => addByPrisma(tx, id, 'two'));
    await find(parley.app.database, id, 'two');
  });
  expect(labels).toEqual(['test_add_agent', 'prisma_insert_agents', 'prisma_select_agents']);
});

test('Prisma begins no transaction of its own', async () => {
  const { id } = await parley.tenant();
  const nested = {
    organizationId: id,
    id: uuidv7(),
    externalId: 'one',
    name: 'one',
    participants: { create: [{ id: uuidv7(), kind: 'AGENT' as const }] },
  };
  await expect(parley.app.database.prisma.agent.create({ data: nested })).rejects.toThrow();
  expect(await names(parley.app.database, id)).toEqual([]);
});

describe.runIf(process.env.TEST_DATABASE_URL)('on a server, a statement of Prisma in a transaction', () => {
  const document = 'mutation ($input: AssignAgentInput!) { assignAgent(input: $input) { conversation { agent { externalId } } } }';
  const timed = useApp({ statementTimeoutMs: 200 });

  /** A request whose transaction has locked the conversation and looks up the agent by Prisma. */
  async function assign(app: typeof parley, signal?: AbortSignal) {
    const tenant = await app.tenant();
    await app.importLines(tenant, [phoneLine({ agent: { externalId: 'bot', name: 'Bot' } })]);
    const { data } = await app.graphql(tenant.key, '{ conversations { nodes { id } } agents { nodes { id } } }');
    const input = { conversationId: data.conversations.nodes[0].id, agentId: data.agents.nodes[0].id };
    const body = JSON.stringify({ query: document, variables: { input } });
    return () =>
      app.fetch('/graphql', tenant.key, { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal: signal ?? null });
  }
  const unavailable = [503, { errors: [{ extensions: { code: 'UNAVAILABLE' } }] }];
  const answerOf = async (response: Response) => [response.status, await response.json()];

  test('whose connection is lost answers 503', async () => {
    const ask = await assign(parley);
    const lock = await lockTables(parley.app, 'agents');
    const asked = ask();
    await lock.toStop(1);
    await parley.app.database.query({
      label: 'test_end_waiting',
      text: "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    });
    expect(await answerOf(await asked)).toMatchObject(unavailable);
    await lock.release();
    expect(await answerOf(await ask())).toMatchObject([200, { data: { assignAgent: { conversation: {} } } }]);
  });

  test('that runs too long answers 503', async () => {
    const ask = await assign(timed);
    const lock = await lockTables(timed.app, 'agents');
    expect(await answerOf(await ask())).toMatchObject(unavailable);
    await lock.release();
    expect(await answerOf(await ask())).toMatchObject([200, { data: { assignAgent: { conversation: {} } } }]);
  });

  test('is canceled when its client disconnects', async () => {
    const client = new AbortController();
    const ask = await assign(parley, client.signal);
    const lock = await lockTables(parley.app, 'agents');
    const begun = parley.logged.length;
    const asked = ask().catch(() => null);
    await lock.toStop(1);
    client.abort();
    await lock.toEnd();
    await asked;
    expect(parley.logged.slice(begun).filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });
});
