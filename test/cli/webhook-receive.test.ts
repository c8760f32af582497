import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileCache } from '../support/compile-cache.ts';
import { copyTemplate } from '../support/database.ts';
import { webhookKey } from '../support/harness.ts';
import { environmentOf, logged, type Outcome, parley, root } from './parley.ts';

let env: Record<string, string>;
let drop: () => Promise<void>;
let org: string;

beforeAll(async () => {
  const copy = await copyTemplate();
  const settings = { WEBHOOK_ENCRYPTION_KEY: webhookKey.toString('base64'), PUBLIC_URL: 'https://api.example.com' };
  env = { ...environmentOf(copy.config), ...settings };
  drop = copy.drop;
  org = JSON.parse((await parley(env, ['org', 'create', '--name', 'Receiving', '--json'])).stdout).id;
});
afterAll(() => drop());

const receive = (...args: string[]) => ['webhook', 'receive', ...args, '--org', org];

/** Runs `parley` with a text on standard input. */
async function withInput(input: string, args: readonly string[]): Promise<Outcome> {
  const child = spawn(process.execPath, [join(root, 'src/cli.ts'), ...args], { env: { ...compileCache, ...env }, stdio: 'pipe' });
  child.stdin.end(input);
  const [[code], stdout, stderr] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
  return { code: code as number | null, stdout, stderr };
}

test('create prints the URL; the secret is stored later, and shown nowhere', async () => {
  const created = await parley(env, receive('create', '--name', 'Vendor'));
  expect(created).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^https:\/\/api\.example\.com\/agentphone\/webhook\/[0-9a-f-]{36}\n$/),
  });
  expect(created.stderr).toContain('Nothing is accepted until its secret is stored');
  const id = created.stdout.trim().split('/').at(-1) ?? '';
  expect(logged(created)).toMatchObject({ action: 'WEBHOOK_RECEIVER_CREATED', organizationId: org, receiverId: id });

  const stored = await withInput(' whsec_confidential\n', receive('secret', id));
  expect(stored).toMatchObject({ code: 0, stdout: 'The secret is stored.\n' });
  const listed = await parley(env, receive('list', '--json'));
  expect(JSON.parse(listed.stdout)).toEqual([
    { id, name: 'Vendor', url: created.stdout.trim(), hasSecret: true, createdAt: expect.stringMatching(/Z$/) },
  ]);
  for (const { stdout, stderr } of [stored, listed]) expect(stdout + stderr).not.toContain('confidential');

  expect(await parley(env, receive('delete', id))).toMatchObject({ code: 0, stdout: 'The receiver is deleted.\n' });
  expect(await parley(env, receive('delete', id))).toMatchObject({ code: 1, stderr: expect.stringContaining('no such webhook receiver') });
});

test('create reads the secret, too', async () => {
  const created = await withInput('whsec_confidential', receive('create', '--with-secret', '--json'));
  expect(JSON.parse(created.stdout)).toMatchObject({ name: 'webhooks', hasSecret: true });
  expect(await withInput('\n', receive('create', '--with-secret'))).toMatchObject({ code: 2, stdout: '' });
});

test('without a key to encrypt it, a secret is refused; without PUBLIC_URL, the path is printed', async () => {
  const { WEBHOOK_ENCRYPTION_KEY: _, PUBLIC_URL: __, ...bare } = env;
  const created = await parley(bare, receive('create'));
  expect(created.stdout).toMatch(/^\/agentphone\/webhook\/[0-9a-f-]{36}\n$/);
  expect(created.stderr).toContain('PUBLIC_URL is not set');
});
