import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyTemplate } from '../support/database.ts';
import { environmentOf, logged, parley } from './parley.ts';

let env: Record<string, string>;
let drop: () => Promise<void>;

beforeAll(async () => {
  const copy = await copyTemplate();
  env = environmentOf(copy.config);
  drop = copy.drop;
});
afterAll(() => drop());

test('create prints one document, and list shows it', async () => {
  const created = await parley(env, ['org', 'create', '--name', 'Zoë & 子', '--retention-days', '90', '--json']);
  expect(created.code).toBe(0);
  const organization = JSON.parse(created.stdout);
  expect(organization).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
    name: 'Zoë & 子',
    retentionDays: 90,
    redactedThrough: null,
    createdAt: expect.stringMatching(/Z$/),
  });
  const action = { action: 'ORGANIZATION_CREATED', organizationId: organization.id, retentionDays: 90 };
  expect(logged(created)).toMatchObject({ requestId: null, actingKeyId: null, ...action });
  expect(created.stderr).not.toContain('Zoë');
  const listed = await parley(env, ['org', 'list', '--json']);
  expect(listed.code).toBe(0);
  expect(JSON.parse(listed.stdout)).toContainEqual(organization);
  const forPeople = await parley(env, ['org', 'list']);
  expect(forPeople.stdout).toContain(`${organization.id}  ${organization.createdAt}`);
});

test('without a window content is kept without end', async () => {
  const created = await parley(env, ['org', 'create', '--name', 'Keeper']);
  expect(created.code).toBe(0);
  expect(created.stdout).toMatch(/^Created Keeper: [0-9a-f-]{36}, kept without end\.\n$/);
});

test.each([
  [['--name', ''], "option '--name': must have 1 to 200 characters"],
  [['--name', ' '], "option '--name': must have 1 to 200 characters"],
  [['--name', 'x'.repeat(201)], "option '--name': must have 1 to 200 characters"],
  [['--name', 'x', '--retention-days', '0'], "option '--retention-days': must be a whole number of days"],
  [['--name', 'x', '--retention-days', '36501'], "option '--retention-days': must be a whole number of days"],
])('create %j is refused and creates nothing', async (args, reason) => {
  const before = await parley(env, ['org', 'list', '--json']);
  const outcome = await parley(env, ['org', 'create', ...args, '--json']);
  expect(outcome).toMatchObject({ code: 2, stdout: '' });
  expect(outcome.stderr).toContain(reason);
  expect((await parley(env, ['org', 'list', '--json'])).stdout).toBe(before.stdout);
});

test('create with a window warns of later imports, and goes on in a script', async () => {
  const outcome = await parley({ ...env, LOG_LEVEL: 'warn' }, ['org', 'create', '--name', 'Warned', '--retention-days', '90']);
  expect(outcome).toMatchObject({ code: 0, stdout: expect.stringContaining('kept for 90 days') });
  expect(outcome.stderr).toMatch(
    /^warning: messages that were sent more than 90 days ago will be redacted when they are imported, and that is final\. .*\n$/,
  );
});

test('retention changes the window, and redacted content stays redacted', async () => {
  const { id } = JSON.parse((await parley(env, ['org', 'create', '--name', 'Shorter', '--retention-days', '90', '--json'])).stdout);
  const begun = Date.now();
  const changed = await parley(env, ['org', 'retention', id, '--days', '30', '--json']);
  const { retentionDays, redactedThrough } = JSON.parse(changed.stdout);
  expect(retentionDays).toBe(30);
  expect(logged(changed)).toMatchObject({ action: 'RETENTION_CHANGED', organizationId: id, retentionDays: 30 });
  // The 90 days held until this command.
  expect(Date.parse(redactedThrough) + 90 * 86_400_000).toBeGreaterThanOrEqual(begun);
  expect(Date.parse(redactedThrough) + 90 * 86_400_000).toBeLessThanOrEqual(Date.now());

  const dropped = await parley(env, ['org', 'retention', id.toUpperCase(), '--days', 'none']);
  expect(dropped).toMatchObject({ code: 0, stdout: 'Shorter: kept without end.\n' });
});

test('rename changes the name, once, and the log does not have it', async () => {
  const created = JSON.parse((await parley(env, ['org', 'create', '--name', 'Before', '--json'])).stdout);
  const renamed = await parley(env, ['org', 'rename', created.id, '--name', 'After', '--json']);
  expect(JSON.parse(renamed.stdout)).toEqual({ ...created, name: 'After' });
  expect(logged(renamed)).toMatchObject({ action: 'ORGANIZATION_RENAMED', organizationId: created.id });
  expect(renamed.stderr).not.toContain('After');
  const again = await parley(env, ['org', 'rename', created.id, '--name', 'After']);
  expect(again).toEqual({ code: 0, stdout: `The name of ${created.id} is After.\n`, stderr: '' });
  const refused = await parley(env, ['org', 'rename', created.id, '--name', ' ']);
  expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining("option '--name': must have 1 to 200 characters") });
});

test('an unknown organization prints one line, exit 1', async () => {
  const id = '0197a3c2-5f60-7cc1-b1d4-0a6b1f1a9c3e';
  expect(await parley(env, ['org', 'rename', id, '--name', 'x'])).toEqual({
    code: 1,
    stdout: '',
    stderr: `error: no organization ${id}\n`,
  });
  const outcome = await parley(env, ['org', 'retention', id, '--days', '30', '--json']);
  expect(outcome).toEqual({ code: 1, stdout: '', stderr: `error: no organization ${id}\n` });
});

test('standard output holds only the document, whatever is logged', async () => {
  const outcome = await parley({ ...env, LOG_LEVEL: 'debug' }, ['org', 'list', '--json']);
  expect(JSON.parse(outcome.stdout)).toBeInstanceOf(Array);
  expect(outcome.stderr).toContain('"statement":"organization_list"');
});
