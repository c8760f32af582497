import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { phoneLine } from '../support/lines.ts';
import { parley, useOperator } from './parley.ts';

const operator = useOperator();

test('writes to standard output, into a private file, and refuses a file that cannot be written', async () => {
  const org = JSON.parse((await parley(operator.env, ['org', 'create', '--name', 'Export', '--json'])).stdout).id;
  const given = join(operator.folder, 'in.ndjson');
  await writeFile(given, [phoneLine({ externalId: 'a' }), phoneLine({ externalId: 'b' })].map((line) => JSON.stringify(line)).join('\n'));
  expect(await parley(operator.env, ['import', given, '--org', org])).toMatchObject({ code: 0, stderr: '' });

  const printed = await parley(operator.env, ['export', '--org', org]);
  expect(printed).toMatchObject({ code: 0, stderr: '' });
  expect(
    printed.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).externalId),
  ).toEqual(['a', 'b']);
  const file = join(operator.folder, 'out.ndjson');
  expect(await parley(operator.env, ['export', file, '--org', org])).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(await readFile(file, 'utf8')).toBe(printed.stdout);
  // Only this user can read it, also if others could before.
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await chmod(file, 0o666);
  expect(await parley(operator.env, ['export', file, '--org', org])).toEqual({ code: 0, stdout: '', stderr: '' });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await parley(operator.env, ['export', '/dev/null', '--org', org])).toMatchObject({ code: 0 });
  const nowhere = await parley(operator.env, ['export', join(operator.folder, 'no/such/folder'), '--org', org]);
  expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error: .* cannot be written: .*\n$/) });
});
