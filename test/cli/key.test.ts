import { createHash } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { type Config, type DatabaseConfig, loadConfig } from '../../src/config.ts';
import { openDatabase } from '../../src/database/open.ts';
import { copyTemplate } from '../support/database.ts';
import { environmentOf, logged, parley } from './parley.ts';

let database: DatabaseConfig;
let env: Record<string, string>;
let drop: () => Promise<void>;
let org: string;

beforeAll(async () => {
  ({ config: database, drop } = await copyTemplate());
  env = environmentOf(database);
  org = JSON.parse((await parley(env, ['org', 'create', '--name', 'Keys', '--json'])).stdout).id;
});
afterAll(() => drop());

const create = (...args: string[]) =>
  parley(env, ['key', 'create', '--org', org, '--name', 'test', '--scope', 'conversations:read', ...args]);

/** Returns the answer of a server on the same database to a key. An embedded database cannot be open in both. */
async function statusFor(key: string): Promise<number> {
  const config: Config = { ...loadConfig({}), database, demo: false, logLevel: 'silent' };
  const app = await createApp(config, pino({ level: 'silent' }));
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ query: '{ viewer { __typename } }' });
  const response = await app.fetch(new Request('http://parley.test/graphql', { method: 'POST', headers, body }));
  await app.close();
  return response.status;
}

test('a key works until it is revoked, and only the answer has its secret', async () => {
  const created = await create('--scope', 'messages:ingest', '--scope', 'conversations:read', '--json');
  expect(created.code).toBe(0);
  const { id, key, ...shown } = JSON.parse(created.stdout);
  expect(key).toMatch(/^am_live_[0-9A-Za-z]{31}$/);
  expect(shown).toMatchObject({ name: 'test', scopes: ['conversations:read', 'messages:ingest'], expiresAt: null, revokedAt: null });
  const by = { requestId: null, actingKeyId: null, organizationId: org, keyId: id, msg: 'administrative action' };
  expect(logged(created)).toMatchObject({ ...by, action: 'API_KEY_CREATED', scopes: shown.scopes, expiresAt: null });
  for (const unlogged of [key.slice(8), shown.name]) expect(created.stderr).not.toContain(unlogged);
  expect(await statusFor(key)).toBe(200);

  const listed = await parley(env, ['key', 'list', '--org', org, '--json']);
  expect(JSON.parse(listed.stdout)).toContainEqual({ id, ...shown });
  expect(listed.stdout).not.toContain(key);
  expect((await parley(env, ['key', 'list', '--org', org])).stdout).toContain(`am_live_…${key.slice(-4)}`);

  const handle = await openDatabase(database, pino({ level: 'silent' }));
  const rows = await handle.query<{ hash: Uint8Array; all: string }>({
    label: 'test',
    text: 'select hash, k::text as "all" from api_keys k where id = $1',
    values: [id],
  });
  await handle.close();
  expect(rows.map(({ hash }) => Buffer.from(hash).toString('hex'))).toEqual([createHash('sha256').update(key).digest('hex')]);
  expect(rows[0]?.all).not.toContain(key.slice(8));

  const revoking = await parley(env, ['key', 'revoke', id, '--org', org, '--json']);
  const revoked = JSON.parse(revoking.stdout);
  expect(logged(revoking)).toMatchObject({ ...by, action: 'API_KEY_REVOKED' });
  expect(revoked.revokedAt).toEqual(expect.any(String));
  expect(await statusFor(key)).toBe(401);
  expect(await parley(env, ['key', 'revoke', id, '--org', org, '--json'])).toEqual({ code: 0, stdout: revoking.stdout, stderr: '' });
});

test.each([
  ['agentmessage', 'am_live_'],
  ['agentphone', 'sk_live_'],
  ['ziik', 'zk_live_'],
])('--contract %s: %s', async (contract, prefix) => {
  const { stdout } = await create('--contract', contract, '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    key: expect.stringMatching(`^${prefix}[0-9A-Za-z]{31}$`),
    hint: expect.stringMatching(`^${prefix}…`),
  });
});

test.each([
  ['30d', 30 * 86_400_000],
  ['12h', 12 * 3_600_000],
  ['45m', 45 * 60_000],
])('--expires %s', async (duration, ms) => {
  const begun = Date.now();
  const expiresAt = Date.parse(JSON.parse((await create('--expires', duration, '--json')).stdout).expiresAt);
  expect(expiresAt).toBeGreaterThanOrEqual(begun + ms);
  expect(expiresAt).toBeLessThanOrEqual(Date.now() + ms);
});

test('--budget is a number or unlimited, by default the server’s; the list shows it', async () => {
  const ids: Record<string, string> = {};
  for (const [args, budget] of [
    [[], null],
    [['--budget', '1000'], 1_000],
    [['--budget', 'unlimited'], 'unlimited'],
  ] as const) {
    const created = JSON.parse((await create(...args, '--json')).stdout);
    expect(created.budgetPerMinute).toBe(budget);
    ids[String(budget ?? 'default')] = created.id;
  }
  const lines = (await parley(env, ['key', 'list', '--org', org])).stdout.split('\n');
  expect(lines[0]).toMatch(/^ID +KEY +CREATED +STATE +BUDGET +SCOPES +NAME$/);
  for (const [budget, id] of Object.entries(ids)) {
    expect(lines.find((line) => line.startsWith(id))).toMatch(new RegExp(` ${budget} +conversations:read +test$`));
  }
});

test.each(['0', '-1', '1.5', '2147483648', 'none'])('--budget %s is wrong usage', async (budget) => {
  const outcome = await create('--budget', budget);
  expect(outcome).toMatchObject({ code: 2, stdout: '' });
  expect(outcome.stderr).toContain('It must be a number from 1 to 2147483647, or "unlimited".');
});

test('prints only the secret on standard output, and a sentence for people on standard error; LOG_LEVEL hides the log line', async () => {
  const args = ['key', 'create', '--org', org, '--name', 'test', '--scope', 'conversations:read'];
  const { stdout, stderr } = await parley({ ...env, LOG_LEVEL: 'warn' }, args);
  expect(stdout).toMatch(/^am_live_[0-9A-Za-z]{31}\n$/);
  expect(stderr).toMatch(/^This is the only time the secret is shown\. The key's id is [0-9a-f-]{36}, it is valid until revoked\.\n$/);
});

test('the list shows when keys were created and when they end', async () => {
  const { id, createdAt, expiresAt } = JSON.parse((await create('--expires', '30d', '--json')).stdout);
  const ended = JSON.parse((await create('--json')).stdout);
  const { revokedAt } = JSON.parse((await parley(env, ['key', 'revoke', ended.id, '--org', org, '--json'])).stdout);
  const { stdout } = await parley(env, ['key', 'list', '--org', org]);
  expect(stdout).toMatch(new RegExp(`^${id}  \\S+ +${createdAt} +valid until ${expiresAt} `, 'm'));
  expect(stdout).toMatch(new RegExp(`^${ended.id}  \\S+ +${ended.createdAt} +revoked since ${revokedAt} `, 'm'));
});

describe('rotate', () => {
  const rotate = (id: string, ...args: string[]) => parley(env, ['key', 'rotate', id, '--org', org, ...args]);

  test('replaces a key at once by one of the same name, scopes, budget, prefix and end', async () => {
    const made = await create('--contract', 'ziik', '--budget', '1000', '--expires', '30d', '--json');
    const { id, key, hint, createdAt, ...same } = JSON.parse(made.stdout);
    const rotated = await rotate(id, '--json');
    const successor = JSON.parse(rotated.stdout);
    expect(successor).toMatchObject({ ...same, key: expect.stringMatching(/^zk_live_[0-9A-Za-z]{31}$/) });
    expect(successor.replaced).toMatchObject({ id, hint, createdAt, revokedAt: expect.any(String) });
    expect(logged(rotated)).toMatchObject({ action: 'API_KEY_ROTATED', organizationId: org, keyId: id, successorId: successor.id });
    expect(rotated.stderr).not.toContain(successor.key.slice(8));
    expect([await statusFor(key), await statusFor(successor.key)]).toEqual([401, 200]);
  });

  test('--grace lets both keys work, and prints only the new secret on standard output', async () => {
    const { id, key } = JSON.parse((await create('--json')).stdout);
    const begun = Date.now();
    const { code, stdout, stderr } = await rotate(id, '--grace', '12h', '--expires', '90d');
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^am_live_[0-9A-Za-z]{31}\n$/) });
    expect(stderr).toMatch(/it is valid until .*\nThe old key am_live_….{4} is valid until .*\n$/);
    expect([await statusFor(key), await statusFor(stdout.trim())]).toEqual([200, 200]);
    const keys: { id: string; expiresAt: string }[] = JSON.parse((await parley(env, ['key', 'list', '--org', org, '--json'])).stdout);
    const ends = [keys.find((each) => each.id === id), keys.at(-1)].map((each) => Date.parse(each?.expiresAt ?? '') - begun);
    expect(ends[0]).toBeGreaterThanOrEqual(12 * 3_600_000);
    expect(ends[1]).toBeGreaterThanOrEqual(90 * 86_400_000);
    for (const [index, ms] of [12 * 3_600_000, 90 * 86_400_000].entries()) expect(ends[index]).toBeLessThanOrEqual(Date.now() - begun + ms);
  });

  test('--expires never makes a key that does not expire', async () => {
    const { id } = JSON.parse((await create('--expires', '30d', '--json')).stdout);
    expect(JSON.parse((await rotate(id, '--expires', 'never', '--json')).stdout)).toMatchObject({ expiresAt: null });
  });

  test('refuses a key that has ended, or that another organization has', async () => {
    const { id } = JSON.parse((await create('--json')).stdout);
    await parley(env, ['key', 'revoke', id, '--org', org]);
    expect(await rotate(id)).toEqual({ code: 1, stdout: '', stderr: 'error: this key has already ended: create another\n' });
    const other = JSON.parse((await parley(env, ['org', 'create', '--name', 'Other', '--json'])).stdout).id;
    const live = JSON.parse((await create('--json')).stdout).id;
    const foreign = await parley(env, ['key', 'rotate', live, '--org', other]);
    expect(foreign).toEqual({ code: 1, stdout: '', stderr: 'error: there is no such API key\n' });
  });
});

test("an unknown organization or key, or another organization's, prints one line, exit 1", async () => {
  const nobody = '0197a3c2-5f60-7cc1-b1d4-0a6b1f1a9c3e';
  const none = { code: 1, stdout: '', stderr: `error: no organization ${nobody}\n` };
  expect(await parley(env, ['key', 'create', '--org', nobody, '--name', 'x', '--scope', 'messages:erase', '--json'])).toEqual(none);
  expect(await parley(env, ['key', 'list', '--org', nobody])).toEqual(none);

  const other = JSON.parse((await parley(env, ['org', 'create', '--name', 'Other', '--json'])).stdout).id;
  const { id } = JSON.parse((await create('--json')).stdout);
  expect(await parley(env, ['key', 'revoke', id, '--org', other])).toMatchObject({
    code: 1,
    stderr: 'error: there is no such API key\n',
  });
});

test('an empty name is refused', async () => {
  const outcome = await parley(env, ['key', 'create', '--org', org, '--name', '', '--scope', 'messages:erase']);
  expect(outcome).toMatchObject({ code: 2, stdout: '' });
  expect(outcome.stderr).toContain("option '--name'");
});
