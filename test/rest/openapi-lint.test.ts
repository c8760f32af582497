import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schema } from '../../src/graphql/built-schema.ts';
import { contracts } from '../../src/rest/contracts.ts';
import { openApi } from '../../src/rest/kit/openapi/document.ts';

const root = join(import.meta.dirname, '../..');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-openapi-'));
});
afterAll(() => rm(folder, { recursive: true }));

function lint(file: string) {
  const redocly = join(root, 'node_modules/@redocly/cli/bin/cli.js');
  const options = ['--config', join(root, '.config/redocly.yaml'), '--format', 'json'];
  // It would send telemetry and look for updates.
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const { stdout, stderr } = spawnSync(process.execPath, [redocly, 'lint', ...options, file], { env, encoding: 'utf8' });
  if (!stdout.startsWith('{')) throw new Error(stdout + stderr);
  return JSON.parse(stdout);
}

test.each(contracts)('redocly finds nothing in $name', async (contract) => {
  const file = join(folder, `${contract.name}.json`);
  await writeFile(file, JSON.stringify(openApi(contract, schema), null, 2));
  expect(lint(file)).toMatchObject({ problems: [], totals: { errors: 0, warnings: 0, ignored: 0 } });
});

test('redocly finds a missing key', async () => {
  const file = join(folder, 'wrong.json');
  const [contract] = contracts;
  if (contract === undefined) throw new Error('there is no contract');
  await writeFile(file, JSON.stringify({ ...openApi(contract, schema), servers: undefined }));
  expect(lint(file).totals.errors).toBeGreaterThan(0);
});
