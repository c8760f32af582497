import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyTemplate } from '../support/database.ts';
import { webhookKey } from '../support/harness.ts';
import { environmentOf, logged, parley } from './parley.ts';

const url = 'https://hooks.example.com/parley';
let env: Record<string, string>;
let drop: () => Promise<void>;
let org: string;
let endpoint: { id: string };

beforeAll(async () => {
  const copy = await copyTemplate();
  env = { ...environmentOf(copy.config), WEBHOOK_ENCRYPTION_KEY: webhookKey.toString('base64') };
  drop = copy.drop;
  org = JSON.parse((await parley(env, ['org', 'create', '--name', 'Hooked', '--json'])).stdout).id;
});
afterAll(() => drop());

const webhook = async (...args: string[]) => JSON.parse((await parley(env, ['webhook', ...args, '--org', org, '--json'])).stdout);

test('create prints the secret once, and list does not show it', async () => {
  const created = await parley(env, ['webhook', 'create', '--org', org, '--url', url]);
  expect(created).toMatchObject({ code: 0, stdout: expect.stringMatching(/^whsec_[\w-]{43}\n$/) });
  const secret = created.stdout.trim();
  expect(created.stderr).toContain('This is the only time the secret is shown.');
  expect(created.stderr).not.toContain(secret);
  expect(logged(created)).toMatchObject({ action: 'WEBHOOK_ENDPOINT_CREATED', organizationId: org });
  const listed = await parley(env, ['webhook', 'list', '--org', org, '--json']);
  expect(listed.stdout).not.toContain(secret);
  [endpoint] = JSON.parse(listed.stdout);
  expect(endpoint).toMatchObject({ url, contextLimit: 10, timeoutSeconds: 30, disabledAt: null, agentId: null });
  const changed = await parley(env, ['webhook', 'create', '--org', org, '--url', `${url}/2`, '--context-limit', '0']);
  expect(changed).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining(endpoint.id) });
});

test('a test can be listed and replayed, and is withdrawn with its endpoint', async () => {
  const delivery = await webhook('test', endpoint.id);
  expect(delivery).toMatchObject({ kind: 'TEST', status: 'PENDING', endpointId: endpoint.id });
  expect(await webhook('disable', endpoint.id)).toMatchObject({ disabledReason: 'REQUESTED' });
  expect(await webhook('deliveries', '--endpoint', endpoint.id)).toMatchObject([{ status: 'WITHDRAWN', error: 'endpoint_disabled' }]);
  expect(await webhook('replay', delivery.id)).toMatchObject({ id: delivery.id, status: 'PENDING' });
  expect(await webhook('deliveries', '--status', 'FAILED')).toEqual([]);
});

test('an endpoint can be enabled, rotated and deleted', async () => {
  expect(await webhook('enable', endpoint.id)).toMatchObject({ url: `${url}/2`, contextLimit: 0, disabledReason: null });
  const rotated = await webhook('rotate', endpoint.id, '--grace', '1h');
  expect(rotated.secret).toMatch(/^whsec_/);
  expect(Date.parse(rotated.previousSecretUntil)).toBeGreaterThan(Date.now());
  expect(await webhook('delete', endpoint.id)).toEqual({ id: endpoint.id, deleted: true });
  expect(await webhook('list')).toEqual([]);
});

test.each([
  ['a private address', ['--url', 'https://127.0.0.1/'], 2, /^error: option '--url': /],
  ['a context limit above 50', ['--url', url, '--context-limit', '51'], 2, /^error: option '--context-limit': must be from 0 to 50/],
  ['an unknown agent', ['--url', url, '--agent', 'nobody'], 1, /no agent with this external id/],
])('create refuses %s', async (_name, args, code, stderr) => {
  expect(await parley(env, ['webhook', 'create', '--org', org, ...args])).toMatchObject({
    code,
    stdout: '',
    stderr: expect.stringMatching(stderr),
  });
});

test('without a key nothing is created, and the error says how to make one', async () => {
  const outcome = await parley({ ...env, WEBHOOK_ENCRYPTION_KEY: '' }, ['webhook', 'create', '--org', org, '--url', url]);
  expect(outcome).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/set WEBHOOK_ENCRYPTION_KEY to the output of "openssl rand -base64 32"/),
  });
});

test('the key is hidden by config; doctor says if it opens the stored secrets, also after a rotation of the key', async () => {
  await webhook('create', '--url', url);
  const config = await parley(env, ['config', '--json']);
  expect(JSON.parse(config.stdout).WEBHOOK_ENCRYPTION_KEY).toEqual({ value: '(hidden)', isSet: true });
  const check = async (key: string) => {
    const { stdout } = await parley({ ...env, WEBHOOK_ENCRYPTION_KEY: key }, ['doctor', '--json']);
    return (JSON.parse(stdout).checks as { check: string; state: string }[]).find((each) => each.check === 'webhooks');
  };
  const [old, other] = [webhookKey.toString('hex'), Buffer.alloc(32, 'other').toString('base64')];
  expect(await check(`${other},${old}`)).toMatchObject({ state: 'ok' });
  expect(await check(other)).toMatchObject({
    state: 'problem',
    text: expect.stringContaining('1 of 1 webhook endpoints cannot be opened'),
  });
});
