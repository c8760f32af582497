// On a terminal, names and file contents must not move the cursor, hide text or add rows.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { beforeAll, expect, test } from 'vitest';
import { newSecret } from '../../src/auth/secret.ts';
import { openDatabase } from '../../src/database/open.ts';
import { createApiKey } from '../../src/modules/api-key/commands/create.ts';
import { createOrganization } from '../../src/modules/organization/commands/create.ts';
import { phoneLine } from '../support/lines.ts';
import { parley, useOperator } from './parley.ts';

const operator = useOperator();
/** Clear the line and return; a row; CSI as one character; delete; turn the text around; a line separator. */
const name = 'CRM\u001b[2K\r\nforged  row\u009b31m\u007f\u202eabc\u2066\u2028';
const shown = 'CRM\\u001b[2K\\u000d\\u000aforged  row\\u009b31m\\u007f\\u202eabc\\u2066\\u2028';
const obeyed = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
let org: string;
let key: string;

/** Names that an earlier release let in. */
beforeAll(async () => {
  const database = await openDatabase(
    'DATABASE_URL' in operator.env ? { url: operator.env.DATABASE_URL ?? '' } : { dataDir: operator.env.DATA_DIR ?? '' },
    pino({ level: 'silent' }),
  );
  org = (await createOrganization(database, { name: 'Acme', retentionDays: null })).id;
  key = (
    await createApiKey(database, org, { secret: newSecret('agentmessage'), name: 'crm', scopes: ['conversations:read'], expiresAt: null })
  ).id;
  for (const table of ['organizations', 'api_keys'])
    await database.query({ label: 'test_name', text: `update ${table} set name = $1`, values: [name] });
  await database.close();
});

/** The lines that a command prints, none of which a terminal would obey. */
async function linesOf(args: readonly string[]): Promise<string[]> {
  const { stdout, stderr } = await parley(operator.env, args);
  const lines = `${stdout}${stderr}`.trimEnd().split('\n');
  for (const line of lines) expect(line).not.toMatch(obeyed);
  return lines;
}

test('a name that an earlier release accepted is escaped in a table: a row stays one row', async () => {
  const lines = await linesOf(['key', 'list', '--org', org]);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatch(new RegExp(`^${key}  am_live_.*  conversations:read  CRM`));
  expect(lines[1]?.endsWith(shown)).toBe(true);
});

test('it is escaped in a sentence', async () => {
  expect((await linesOf(['org', 'retention', org, '--days', 'none']))[0]).toBe(`${shown}: kept without end.`);
});

test('it is escaped in JSON, whose value stays equal', async () => {
  const [json = ''] = await linesOf(['org', 'list', '--json']);
  expect(JSON.parse(json)).toMatchObject([{ id: org, name }]);
});

test('a refused line of an import is escaped', async () => {
  const file = join(operator.folder, 'in.ndjson');
  await writeFile(file, `${JSON.stringify(phoneLine({ [name]: 1 }))}\n`);
  expect(await linesOf(['import', file, '--org', org])).toContain(`line 1: ${shown}: is not a field of the import format`);
});

test('a mistyped option is escaped', async () => {
  expect((await linesOf(['org', 'list', '--\u001b[2K']))[0]).toBe("error: unknown option '--\\u001b[2K'");
});

test('a name with a control character is refused', async () => {
  const outcome = await parley(operator.env, ['org', 'create', '--name', 'a\u001b[2Kb']);
  expect(outcome).toEqual({ code: 2, stdout: '', stderr: "error: option '--name': must not hold control characters, such as U+001B\n" });
});
