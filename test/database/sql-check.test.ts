import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** The check of SQL that `npm run check` makes, of one file. */
async function checkSql(file: string): Promise<string[]> {
  const run = promisify(execFile)(process.execPath, [join(root, '.config/check-sql.ts'), file], { cwd: root });
  const { stdout } = await run.catch((failed: { stdout: string }) => failed);
  return stdout.trimEnd().split('\n');
}

const file = 'test/database/planted-statements.ts';

test('reports each wrong row type, each wrong statement and each missing organization, and nothing else', async () => {
  const [count, ...problems] = await checkSql(file);
  expect(count).toBe('17 statements');
  expect(problems.map((problem) => problem.replace(/^\S+:\d+ /, ''))).toEqual([
    'needs table: add samples to .config/sql/listed.ts',
    'wrong_type: "id" is uuid, which is string here; the row type says number',
    'missing_column: the row type has "name", which the statement does not return',
    'unclaimed_column: the statement returns "name", which the row type lacks',
    'nullable: "title" may be null, and the row type does not say so',
    'nullable_by_join: "name" may be null, and the row type does not say so',
    'nullable_in_view: "body" may be null, and the row type does not say so',
    'computed: "total" may be null, and the row type does not say so',
    'narrow_enum: "kind" is one of "NORMAL", "SERVICE"; the row type says "NORMAL"',
    'numeric: "sum" is numeric, which is string here; the row type says number',
    'unparsed: "at" is time without time zone, which the drivers do not parse: cast it',
    'no_such_column: column "surname" does not exist',
    'wrong_source: the row type has "archived", which the statement does not return',
    'no_organization: no organization_id = $1 for agents',
    'wrong_source: no organization_id = $1 for participants',
  ]);
  // Loading TypeScript's view of the repository takes most of the time.
}, 120_000);
