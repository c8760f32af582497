// The database accepts the phone numbers and contact addresses of this release and of the previous one, and no others.
import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import { openDatabase } from '../../src/database/open.ts';
import { isContactAddress, isE164 } from '../../src/values/contact-address.ts';
import { environmentOf, parley } from '../cli/parley.ts';
import { copyRelease } from '../cli/release.ts';
import { useApp } from '../support/harness.ts';
import { emptyDatabase } from './empty.ts';

/** The rule of the release before contact addresses. */
const previously = (text: string) => /^\+[0-9]{8,15}$/.test(text);

interface Check {
  constraint: string;
  /** The expression of the check. */
  condition: string;
  validated: boolean;
}

function checksOf(database: Database): Promise<Check[]> {
  return database.query({
    label: 'test_checks',
    text: `select conname as constraint, pg_get_expr(conbin, conrelid) as condition, convalidated as validated from pg_constraint
      where contype = 'c' and (conname like '%contact_address' or conname = 'phone_numbers_number' or conname like '%e164') order by 1`,
  });
}

const names = [
  'consents_contact_address',
  'conversations_contact_address',
  'participants_contact_address',
  'phone_numbers_number',
  'reactions_contact_address',
];

describe('the checks', () => {
  const app = useApp();

  test('accept the addresses of either release, and no others', async () => {
    const digit = fc.constantFrom(...'0123456789');
    const text = fc.oneof(
      fc.string({ unit: digit, maxLength: 17 }).map((digits) => `+${digits}`),
      fc.string({ unit: digit, maxLength: 10 }),
      fc.string({ unit: fc.constantFrom(...'09azAZ +-_&.\n@é٣'), maxLength: 13 }),
      fc.string({ unit: fc.constantFrom(...'0AZz &-'), maxLength: 12 }),
    );
    const texts = fc.sample(text, 3_000);
    const checks = await checksOf(app.app.database);
    expect(checks.map(({ constraint }) => constraint)).toEqual(names);
    for (const { constraint, condition } of checks) {
      const accepts = constraint === 'phone_numbers_number' ? isE164 : isContactAddress;
      const rows = await app.app.database.query<{ given: string; accepted: boolean }>({
        label: 'test_check',
        text: `select given, (${condition}) as accepted from unnest($1::text[]) given
          cross join lateral (select given as number, given as contact_number, given as from_number) row`,
        values: [texts],
      });
      const wrong = rows.filter(({ given, accepted }) => accepted !== (accepts(given) || previously(given)));
      expect(wrong, constraint).toEqual([]);
    }
  });
});

test('keep the addresses that the previous release stored, and are validated', async () => {
  await using release = await copyRelease();
  const migrations = join(release.folder, 'prisma/migrations');
  const folders = (await readdir(migrations)).filter((name) => /^\d/.test(name)).sort();
  const since = folders.findIndex((name) => name.endsWith('_contact_addresses'));
  expect(since).toBeGreaterThan(0);
  for (const name of folders.slice(since)) await rm(join(migrations, name), { recursive: true });
  const { config, drop } = await emptyDatabase();
  const env = environmentOf(config);
  expect(await parley(env, ['migrate'], release.folder)).toMatchObject({ code: 0 });
  const org = randomUUID();
  const opened = async <Result>(work: (database: Database) => Promise<Result>): Promise<Result> => {
    const database = await openDatabase(config, pino({ level: 'silent' }));
    return work(database).finally(() => database.close());
  };
  await opened(async (database) => {
    expect((await checksOf(database)).map(({ constraint }) => constraint)).toContain('consents_e164');
    await database.transaction((tx) => tx.script(oldRows(org)));
  });
  expect(await parley(env, ['migrate'])).toMatchObject({ code: 0, stderr: '' });
  await opened(async (database) => {
    expect((await checksOf(database)).map(({ constraint, validated }) => ({ constraint, validated }))).toEqual(
      names.map((constraint) => ({ constraint, validated: true })),
    );
    const rows = await database.query({
      label: 'test_rows',
      text: 'select number from phone_numbers union all select contact_number from participants where contact_number is not null order by 1',
    });
    expect(rows).toEqual([{ number: '+00000000' }, { number: '+00000001' }]);
  });
  await drop();
}, 120_000);

function oldRows(organizationId: string): string {
  return `insert into organizations (id, name) values ('${organizationId}', 'Old');
    insert into phone_numbers (organization_id, id, number) values ('${organizationId}', gen_random_uuid(), '+00000000');
    insert into participants (organization_id, id, kind, contact_number) values ('${organizationId}', gen_random_uuid(), 'CONTACT', '+00000001')`;
}
