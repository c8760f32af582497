import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { clock } from '../../src/cli/doctor/clock.ts';
import type { Queryable } from '../../src/database/database.ts';
import { startReading } from '../../src/modules/event/store/reader-position.ts';
import { ingest } from '../../src/modules/message/ingest/ingest.ts';
import { readMessageLine } from '../../src/modules/message/ingest/read/read-draft.ts';
import { createOrganization } from '../../src/modules/organization/commands/create.ts';
import { updateRetention } from '../../src/modules/organization/commands/update-retention.ts';
import { emptyDatabase } from '../database/empty.ts';
import { phoneLine } from '../support/lines.ts';
import { environmentOf, parley, useOperator } from './parley.ts';

const operator = useOperator();
const names = ['database', 'version', 'migrations', 'clock', 'privileges', 'retention', 'event readers', 'webhooks', 'keys'];
let org: string;

beforeAll(async () => {
  org = await operator.onDatabase(async (database) => (await createOrganization(database, { name: 'Doctor', retentionDays: null })).id);
});

interface Report {
  code: number | null;
  ok: boolean;
  checks: { check: string; state: string; text: string; action: string | null }[];
}

async function examine(env: Readonly<Record<string, string>> = operator.env): Promise<Report> {
  const { code, stdout, stderr } = await parley(env, ['doctor', '--json']);
  expect(stderr).toBe('');
  return { code, ...JSON.parse(stdout) };
}

/** Returns the result of one check, where all others find no problem. */
async function only(name: string) {
  const { code, ok, checks } = await examine();
  const bad = checks.filter(({ check, state }) => check !== name && state !== 'ok' && state !== 'note');
  expect(bad).toEqual([]);
  const found = checks.find(({ check }) => check === name);
  expect({ code, ok }).toEqual(found?.state === 'problem' ? { code: 1, ok: false } : { code: 0, ok: true });
  return found;
}

function recorded(organization: string, fields: Record<string, unknown>): Promise<unknown> {
  const read = readMessageLine(phoneLine(fields));
  if (!('draft' in read)) throw new Error('the line is invalid');
  return operator.onDatabase((database) => database.transaction((tx) => ingest(tx, organization, [read.draft])));
}

test('finds no problem with a migrated database, exit 0', async () => {
  const { code, ok, checks } = await examine();
  expect({ code, ok }).toEqual({ code: 0, ok: true });
  expect(checks.map(({ check }) => check)).toEqual(names);
  const { stdout } = await parley(operator.env, ['doctor']);
  expect(stdout).toMatch(/^STATE +CHECK +FINDING\nok +database +/);
  expect(stdout).toMatch(/^ok +migrations +all \d+ applied$/m);
});

test('a key that expires within a week is a problem until the advice is followed', async () => {
  const create = (...args: string[]) =>
    parley(operator.env, ['key', 'create', '--org', org, '--scope', 'messages:erase', '--json', ...args]);
  await create('--name', 'later', '--expires', '8d');
  const { id, expiresAt } = JSON.parse((await create('--name', 'soon', '--expires', '6d')).stdout);
  const found = await only('keys');
  expect(found).toMatchObject({ state: 'problem', text: `1 key expires within 7 days: soon (${id}) at ${expiresAt}` });
  const [, advice = ''] = found?.action?.split('parley ') ?? [];
  expect((await parley(operator.env, advice.split(' '))).code).toBe(0);
  expect(await only('keys')).toMatchObject({ state: 'ok', text: 'no key expires within 7 days' });
});

test('search tokens of a message past its window are a problem after two hours', async () => {
  await recorded(org, { createdAt: new Date(Date.now() - 100 * 86_400_000).toISOString() });
  await operator.onDatabase((database) => updateRetention(database, org, 60));
  expect(await only('retention')).toMatchObject({ state: 'ok', text: expect.stringContaining('still has search tokens') });
  const earlier = "update retention_policies set effective_from = effective_from - interval '3 hours'";
  await operator.onDatabase((database) => database.query({ label: 'test_earlier', text: earlier }));
  expect(await only('retention')).toMatchObject({ state: 'problem', action: expect.stringContaining('run a gateway') });
  await operator.onDatabase((database) => database.query({ label: 'test_clear', text: 'update messages set search_vector = null' }));
  expect(await only('retention')).toMatchObject({ state: 'ok' });
});

test('an event that a reader has not handled for five minutes is a problem', async () => {
  // One without earlier events: on a server, transactions of other databases would make them unread.
  const unread = await operator.onDatabase(async (database) => {
    const { id } = await createOrganization(database, { name: 'Unread', retentionDays: null });
    await startReading(database, id, 'webhooks');
    return id;
  });
  expect(await only('event readers')).toMatchObject({ state: 'ok', text: 'webhooks is up to date' });
  await recorded(unread, { createdAt: new Date().toISOString() });
  expect(await only('event readers')).toMatchObject({ state: 'ok', text: expect.stringMatching(/^webhooks has events since .* to read/) });
  const earlier = "update events set occurred_at = occurred_at - interval '6 minutes'";
  await operator.onDatabase((database) => database.query({ label: 'test_earlier', text: earlier }));
  expect(await only('event readers')).toMatchObject({ state: 'problem', action: expect.stringContaining('event reader') });
  await operator.onDatabase((database) => database.query({ label: 'test_stop', text: 'delete from event_readers' }));
});

test.each([
  [0, 'ok'],
  [-4_000, 'ok'],
  [60_000, 'problem'],
  [-60_000, 'problem'],
])('a clock that is %i ms ahead: %s', async (ms, state) => {
  const row = { now: new Date(Date.now() + ms) };
  const database: Queryable = { query: async <Row extends object>() => [row as object as Row] };
  expect(await clock.run(database)).toMatchObject({ state, text: expect.stringContaining(ms < 0 ? ' s behind ' : ' s ahead of ') });
});

test('a database that does not answer is a problem, and the other checks are skipped', async () => {
  const { code, ok, checks } = await examine({ DATABASE_URL: 'postgresql://user:geheim@127.0.0.1:1/x' });
  expect({ code, ok }).toEqual({ code: 1, ok: false });
  expect(checks.map(({ state }) => state)).toEqual(['problem', ...names.slice(1).map(() => 'skipped')]);
  expect(JSON.stringify(checks)).not.toContain('geheim');
});

test('migrations that are missing are a problem, and what needs the tables is skipped', async () => {
  const { config, drop } = await emptyDatabase();
  onTestFinished(drop);
  const { code, checks } = await examine(environmentOf(config));
  expect(code).toBe(1);
  const states = Object.fromEntries(checks.map(({ check, state }) => [check, state]));
  expect(states).toMatchObject({ database: 'ok', migrations: 'problem', clock: 'ok', retention: 'skipped', keys: 'skipped' });
  expect(checks.find(({ check }) => check === 'migrations')?.action).toBe('run parley migrate');
});

describe.runIf('url' in inject('template'))('on a server', () => {
  test('names the privileges that the role lacks, and finds no problem once it has them', async () => {
    const role = `parley_doctor_${randomBytes(4).toString('hex')}`;
    const url = new URL(operator.env.DATABASE_URL ?? '');
    const admin = new pg.Client(url.href);
    await admin.connect();
    try {
      await admin.query(`create role ${role} login`);
      await admin.query(`grant select on all tables in schema public to ${role}`);
      url.username = role;
      url.password = '';
      const privilegesOf = async () => (await examine({ DATABASE_URL: url.href })).checks.find(({ check }) => check === 'privileges');
      expect(await privilegesOf()).toMatchObject({
        state: 'problem',
        text: expect.stringMatching(/ lacks insert, update, delete on agents, .* and \d+ more; usage on .*numbers_/),
        action: `grant it to ${role}`,
      });
      await admin.query(`grant insert, update, delete on all tables in schema public to ${role}`);
      await admin.query(`grant usage on all sequences in schema public to ${role}`);
      expect(await privilegesOf()).toMatchObject({ state: 'ok', text: expect.stringContaining('may not create tables') });
      await admin.query(`revoke temporary on database ${url.pathname.slice(1)} from public`);
      expect(await privilegesOf()).toMatchObject({ state: 'problem', text: `${role} lacks temporary on the database` });
      await admin.query(`grant create on schema public to ${role}; grant temporary on database ${url.pathname.slice(1)} to ${role}`);
      expect(await privilegesOf()).toMatchObject({ state: 'note', text: `${role} may create tables` });
    } finally {
      await admin.query(`drop owned by ${role}; drop role ${role}`);
      await admin.end();
    }
  });
});
