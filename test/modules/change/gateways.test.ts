// Cases that only a server has: several gateways on one database, transactions that commit in another order than they began, lost connections.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../../src/app.ts';
import { ingest } from '../../../src/modules/message/ingest/ingest.ts';
import { readMessageLine } from '../../../src/modules/message/ingest/read/read-draft.ts';
import { databaseUrl, gateway } from '../../support/gateway.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { openStream, type Stream } from './stream.ts';

const recorded = 'subscription ($after: String) { messageRecorded(after: $after) { cursor message { body } } }';
const contacts: readonly [string, string] = ['+15550000002', '+15550000003'];

describe.runIf(process.env.TEST_DATABASE_URL)('on a server', () => {
  const parley = useApp();
  let other: App;

  beforeAll(async () => {
    other = await gateway(await databaseUrl(parley.app));
  });
  afterAll(() => other?.close());

  /** Creates a tenant with two conversations, so that writers to each do not wait for each other. */
  async function tenant(): Promise<Tenant> {
    const created = await parley.tenant();
    await parley.importLines(
      created,
      contacts.map((contactNumber) => phoneLine({ contactNumber })),
    );
    return created;
  }

  const write = (to: Tenant, body: string) => parley.importLines(to, [phoneLine({ body })]);

  /** Records a message in a transaction that stays open. @returns a function that commits it */
  async function writeOpen({ id }: Tenant, contactNumber: string, body: string): Promise<() => Promise<void>> {
    // Writers of the same number and instant wait for each other.
    const createdAt = `2018-01-01T00:00:0${contacts.indexOf(contactNumber)}Z`;
    const read = readMessageLine(phoneLine({ contactNumber, body, createdAt }));
    if ('problems' in read) throw new Error('a bad line');
    const written = Promise.withResolvers<void>();
    const commit = Promise.withResolvers<void>();
    const done = parley.app.database.transaction(async (tx) => {
      await ingest(tx, id, [read.draft]);
      written.resolve();
      await commit.promise;
    });
    await Promise.race([written.promise, done]);
    return () => {
      commit.resolve();
      return done;
    };
  }

  async function bodies(stream: Stream, count: number): Promise<string[]> {
    const taken: string[] = [];
    while (taken.length < count) taken.push((await stream.take()).message.body);
    return taken;
  }

  test('sends each message once, in the order of commits, when transactions commit in another order than they began', async () => {
    const mine = await tenant();
    const live = await openStream(other, mine.key, recorded);
    const first = await openStream(parley.app, mine.key, recorded);
    await write(mine, 'before');
    const { cursor } = await first.take();
    await first.close();

    const commitEarly = await writeOpen(mine, contacts[0], 'begun first');
    const commitLate = await writeOpen(mine, contacts[1], 'begun second');
    await commitLate();
    const { data } = await parley.graphql(mine.key, 'query ($after: String) { changes(after: $after) { nodes { changeKind } } }', {
      after: cursor,
    });
    expect(data.changes.nodes).toEqual([]);
    const second = await openStream(parley.app, mine.key, recorded, { after: cursor });
    await commitEarly();
    const caughtUp = await second.take();
    expect(caughtUp.message.body).toBe('begun first');
    await second.close();

    const third = await openStream(other, mine.key, recorded, { after: caughtUp.cursor });
    await write(mine, 'after');
    expect(await bodies(third, 2)).toEqual(['begun second', 'after']);
    expect(await bodies(live, 4)).toEqual(['before', 'begun first', 'begun second', 'after']);
    await third.close();
    await live.close();
  });

  test('a stream from now on gets transactions that were still open, and not committed ones that could not be read yet', async () => {
    const mine = await tenant();
    const commit = await writeOpen(mine, contacts[0], 'still open');
    await parley.importLines(mine, [phoneLine({ contactNumber: contacts[1], body: 'before' })]);
    const first = await openStream(parley.app, mine.key, recorded);
    const second = await openStream(parley.app, mine.key, recorded);
    await commit();
    await write(mine, 'after');
    expect(await bodies(first, 2)).toEqual(['still open', 'after']);
    expect(await bodies(second, 2)).toEqual(['still open', 'after']);
    await first.close();
    await second.close();
  });

  test('sends events that another gateway writes', async () => {
    const mine = await tenant();
    const stream = await openStream(other, mine.key, recorded);
    await write(mine, 'through the first');
    expect(await bodies(stream, 1)).toEqual(['through the first']);
    const { data } = await parley.graphql(mine.key, '{ conversations(first: 1) { nodes { id } } }');
    const { id } = data.conversations.nodes[0];
    const typing = await openStream(other, mine.key, 'subscription ($id: ID!) { typing(conversationId: $id) { conversation { id } } }', {
      id,
    });
    await parley.graphql(mine.key, 'mutation ($id: ID!) { sendTypingIndicator(input: { conversationId: $id }) { sentAt } }', { id });
    expect(await typing.take()).toEqual({ conversation: { id } });
    await typing.close();
    await stream.close();
  });

  test.each([
    ['the listening connections', "application_name = 'parley listening'"],
    ['all connections', 'true'],
  ])('misses no event and sends none twice when %s are lost', async (_name, which) => {
    const mine = await tenant();
    const stream = await openStream(other, mine.key, recorded);
    for (let round = 0; round < 3; round++) {
      await write(mine, `${round} before`);
      const kill = () =>
        parley.app.database.query({
          label: 'test_kill',
          text: `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and ${which}`,
        });
      // The connections may not be restored yet after an earlier round.
      await expect.poll(async () => (await kill()).length, { timeout: 20_000 }).toBeGreaterThan(0);
      await write(mine, `${round} while nobody listens`);
      expect(await bodies(stream, 2)).toEqual([`${round} before`, `${round} while nobody listens`]);
    }
    await stream.close();
  });

  test('a gateway that is closed ends its streams; those of another continue', async () => {
    const mine = await tenant();
    const here = await openStream(parley.app, mine.key, recorded);
    const third = await gateway(await databaseUrl(parley.app));
    const there = await openStream(third, mine.key, recorded);
    await third.close();
    expect(await there.next()).toBeNull();
    await write(mine, 'still');
    expect(await bodies(here, 1)).toEqual(['still']);
    await here.close();
  });
});
