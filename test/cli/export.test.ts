import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyTemplate } from '../support/database.ts';
import { phoneLine } from '../support/lines.ts';
import { environmentOf, parley } from './parley.ts';

let env: Record<string, string>;
let drop: () => Promise<void>;
let folder: string;

beforeAll(async () => {
  const copy = await copyTemplate();
  env = environmentOf(copy.config);
  drop = copy.drop;
  folder = await mkdtemp(join(tmpdir(), 'parley-export-test-'));
});
afterAll(async () => {
  await drop?.();
  await rm(folder, { recursive: true });
});

test('to standard output, into a file, and into one that cannot be written', async () => {
  const org = JSON.parse((await parley(env, ['org', 'create', '--name', 'Export', '--json'])).stdout).id;
  const given = join(folder, 'in.ndjson');
  await writeFile(given, [phoneLine({ externalId: 'a' }), phoneLine({ externalId: 'b' })].map((line) => JSON.stringify(line)).join('\n'));
  expect(await parley(env, ['import', given, '--org', org])).toMatchObject({ code: 0, stderr: '' });

  const printed = await parley(env, ['export', '--org', org]);
  expect(printed).toMatchObject({ code: 0, stderr: '' });
  expect(
    printed.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).externalId),
  ).toEqual(['a', 'b']);
  const file = join(folder, 'out.ndjson');
  expect(await parley(env, ['export', file, '--org', org])).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(await readFile(file, 'utf8')).toBe(printed.stdout);
  const nowhere = await parley(env, ['export', join(folder, 'no/such/folder'), '--org', org]);
  expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error: .* cannot be written: .*\n$/) });
});
