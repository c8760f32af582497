// An organization's numbers before, during and after the change to a sequence of its own.
import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import type { Transaction } from '../../src/database/database.ts';
import { migrate } from '../../src/database/migrate.ts';
import { openDatabase } from '../../src/database/open.ts';
import { environmentOf, parley } from '../cli/parley.ts';
import { copyRelease } from '../cli/release.ts';
import { merge } from '../modules/message/ingest/merging.ts';
import { chatLine } from '../support/lines.ts';
import { emptyDatabase } from './empty.ts';

const firstShared = 1_000_000_000_000;

test('stored numbers stay, new numbers follow them, and the previous release keeps working beside this one', async () => {
  const { config, drop } = await emptyDatabase();
  onTestFinished(drop);
  await using release = await copyRelease();
  const folder = join(release.folder, 'prisma/migrations');
  const names = (await readdir(folder)).filter((name) => /^\d/.test(name)).sort();
  const since = names.findIndex((name) => name.endsWith('_numbers_per_organization'));
  expect(since).toBeGreaterThan(0);
  for (const name of names.slice(since)) await rm(join(folder, name), { recursive: true });
  expect(await parley(environmentOf(config), ['migrate'], release.folder)).toMatchObject({ code: 0 });

  const database = await openDatabase(config, pino({ level: 'silent' }));
  try {
    const [one, other, late] = [randomUUID(), randomUUID(), randomUUID()];
    const write = (work: (tx: Transaction) => Promise<void>) => database.transaction(work);
    const numbers = (id: string) =>
      database.query<{ name: string; number: number }>({
        label: 'test_units',
        text: 'select name, number from units where organization_id = $1 order by number',
        values: [id],
      });
    await write((tx) => tx.script(organizations(one, other)));
    // The sequence is shared: 1, 2 and 4 here, 3 there.
    await write((tx) => tx.script(unitsBefore([one, 'a'], [one, 'b'], [other, 'c'], [one, 'd'])));

    expect(await migrate(database)).toEqual(names.slice(since));
    const given = ['a 1', 'b 2', 'd 4'];
    const shown = async (id: string) => (await numbers(id)).map(({ name, number }) => `${name} ${number}`);
    expect(await shown(one)).toEqual(given);

    // The release before is still running: it also creates an organization.
    await write((tx) => tx.script(`${organizations(late)}; ${unitsBefore([one, 'old'], [late, 'old'])}`));
    for (const id of [one, other, late]) expect(await merge(database, id, [newLine('new')])).toEqual(['imported']);
    await write((tx) => tx.script(unitsBefore([one, 'older'])));
    expect(await merge(database, one, [newLine('newer')])).toEqual(['imported']);

    const [a, b, d, next, last, ...old] = await numbers(one);
    expect([a, b, d]).toMatchObject([{ number: 1 }, { number: 2 }, { number: 4 }]);
    // A conversation or a person took a number between.
    expect([next?.name, last?.name]).toEqual(['new', 'newer']);
    expect(next?.number).toBeGreaterThan(4);
    expect(last?.number).toBeLessThan(30);
    expect(old.map(({ name }) => name)).toEqual(['old', 'older']);
    expect(old.every(({ number }) => number > firstShared)).toBe(true);
    const rest = await Promise.all([numbers(other), numbers(late)]);
    expect(rest.map((rows) => rows.map(({ name }) => name))).toEqual([
      ['c', 'new'],
      ['new', 'old'],
    ]);
    expect(rest[0][1]?.number).toBeLessThan(30);
    expect(rest[1][0]?.number).toBeLessThan(30);
  } finally {
    await database.close();
  }
}, 120_000);

const organizations = (...ids: string[]) =>
  `insert into organizations (id, name) values ${ids.map((id) => `('${id}', 'Test organization')`).join(', ')}`;
/** As the release before writes them: the number is the column's default. */
const unitsBefore = (...units: [id: string, name: string][]) =>
  `insert into units (organization_id, name) values ${units.map(([id, name]) => `('${id}', '${name}')`).join(', ')}`;
const newLine = (unit: string) =>
  chatLine({
    author: { externalId: `of ${unit}`, firstName: 'Ann', lastName: 'Lee', unit },
    conversation: { externalId: unit, type: 'group' },
  });
