import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { copyRelease } from '../cli/release.ts';

/** `npm run migration -- …` in a copy of the repository. */
async function newMigration(folder: string, ...args: string[]) {
  const run = promisify(execFile)(process.execPath, [join(folder, '.config/new-migration.ts'), ...args]);
  return run.then((output) => ({ code: 0, ...output })).catch(({ code, stdout, stderr }) => ({ code, stdout, stderr }));
}

test('writes the difference between the schema and the migrations, and then there is nothing to migrate', async () => {
  await using release = await copyRelease();
  const migrations = join(release.folder, 'prisma/migrations');
  const before = await readdir(migrations);
  const agreed = await newMigration(release.folder, 'add_nickname');
  expect(agreed).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing to migrate') });
  expect(await readdir(migrations)).toEqual(before);

  const schema = join(release.folder, 'prisma/schema.prisma');
  await writeFile(schema, (await readFile(schema, 'utf8')).replace('model Agent {', 'model Agent {\n  nickname String?'));
  expect(await newMigration(release.folder, 'add_nickname')).toMatchObject({ code: 0, stderr: '' });
  const [written = ''] = (await readdir(migrations)).filter((name) => !before.includes(name));
  expect(written).toMatch(/^\d{14}_add_nickname$/);
  // Its name is the last, so that it is applied last.
  expect(
    (await readdir(migrations))
      .filter((name) => /^\d/.test(name))
      .sort()
      .at(-1),
  ).toBe(written);
  expect(await readFile(join(migrations, written, 'migration.sql'), 'utf8')).toMatch(
    /^-- parley: needs \d{14}_\w+\n-- parley: locks agents\n-- AlterTable\nALTER TABLE "agents" ADD COLUMN +"nickname" TEXT;\s*$/,
  );

  expect(await newMigration(release.folder, 'again')).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing to migrate') });
  // It runs the schema engine three times.
}, 120_000);

test('refuses a wrong schema and names the line', async () => {
  await using release = await copyRelease();
  const schema = join(release.folder, 'prisma/schema.prisma');
  await writeFile(schema, (await readFile(schema, 'utf8')).replace('model Agent {', 'model Agent {\n  nickname Strung?'));
  const refused = await newMigration(release.folder, 'add_nickname');
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain('Type "Strung"');
});

test.each([[[]], [['Add_Nickname']], [['add nickname']], [['../up']], [['1st']], [['a', 'b']], [['x'.repeat(81)]]])(
  'refuses the name %j',
  async (args) => {
    await using release = await copyRelease();
    const before = await readdir(join(release.folder, 'prisma/migrations'));
    const refused = await newMigration(release.folder, ...args);
    expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('usage: npm run migration') });
    expect(await readdir(join(release.folder, 'prisma/migrations'))).toEqual(before);
  },
);
