// A command that redacts content for good says how much, and asks on a terminal.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { exportMessages } from '../../src/modules/message/export/export.ts';
import { ingest } from '../../src/modules/message/ingest/ingest.ts';
import { readMessageLine } from '../../src/modules/message/ingest/read/read-draft.ts';
import { createOrganization } from '../../src/modules/organization/commands/create.ts';
import { phoneLine } from '../support/lines.ts';
import { type Outcome, onTerminal, parley, useOperator } from './parley.ts';

const operator = useOperator();
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

function organization(retentionDays: number | null = null): Promise<string> {
  return operator.onDatabase(async (database) => (await createOrganization(database, { name: 'Acme', retentionDays })).id);
}

const lineOf = (age: number) => phoneLine({ externalId: `${age} days`, createdAt: daysAgo(age) });

let files = 0;
/** Writes messages that are so many days old. @returns the file */
async function fileOf(ages: readonly number[], fields: Record<string, unknown> = {}): Promise<string> {
  const file = join(operator.folder, `${files++}.ndjson`);
  const lines = ages.map((age) => JSON.stringify({ ...lineOf(age), ...fields }));
  await writeFile(file, lines.join('\n'));
  return file;
}

/** Returns the external ids of the messages whose content can be read. */
async function readable(org: string): Promise<string[]> {
  const text = await operator.onDatabase(async (database) => (await Array.fromAsync(exportMessages(database, org))).join(''));
  const lines = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return lines.filter(({ body }) => body !== null).map(({ externalId }) => externalId);
}

/** Creates an organization without a window, with messages that are so many days old. */
function filled(ages: readonly number[]): Promise<string> {
  return operator.onDatabase(async (database) => {
    const { id } = await createOrganization(database, { name: 'Acme', retentionDays: null });
    const drafts = ages.map(lineOf).flatMap((line) => {
      const read = readMessageLine(line);
      return 'draft' in read ? [read.draft] : [];
    });
    await database.transaction((tx) => ingest(tx, id, drafts));
    return id;
  });
}

describe('org retention', () => {
  const all = ['200 days', '100 days', '50 days'];
  const warning = '2 messages of Acme past 90 days will be redacted now, and that is final.';

  test('redacts nothing without --yes in a script, exit 1', async () => {
    const org = await filled([200, 100, 50]);
    const outcome = await parley(operator.env, ['org', 'retention', org, '--days', '90', '--json']);
    expect(outcome).toEqual({ code: 1, stdout: '', stderr: `error: ${warning} Nothing was changed: repeat the command with --yes.\n` });
    expect(await readable(org)).toEqual(all);
  });

  test('with --yes says how many it redacts, also as JSON, and counts none of them twice', async () => {
    const org = await filled([200, 100, 50]);
    const outcome = await parley(operator.env, ['org', 'retention', org, '--days', '90', '--json', '--yes']);
    expect(outcome.code).toBe(0);
    expect(JSON.parse(outcome.stdout)).toMatchObject({ id: org, retentionDays: 90, redacted: 2 });
    expect(outcome.stderr).toContain(`warning: ${warning}\n`);
    expect(await readable(org)).toEqual(['50 days']);
    const again = await parley(operator.env, ['org', 'retention', org, '--days', '40', '--yes']);
    expect(again.stdout).toBe('Acme: kept for 40 days. 1 message redacted.\n');
  });

  test('needs no --yes if no content is past the window', async () => {
    const org = await filled([50]);
    for (const days of ['90', 'none', '60']) {
      const outcome = await parley(operator.env, ['org', 'retention', org, '--days', days, '--json']);
      expect(outcome).toMatchObject({ code: 0, stderr: expect.not.stringContaining('warning') });
      expect(JSON.parse(outcome.stdout).redacted).toBe(0);
    }
    expect(await readable(org)).toEqual(['50 days']);
  });

  test.runIf(process.platform === 'linux')('asks on a terminal: no changes nothing, yes goes on', async () => {
    const org = await filled([200, 100, 50]);
    const args = ['org', 'retention', org, '--days', '90'];
    for (const answer of ['', 'yesterday']) {
      const refused = await onTerminal(operator.env, args, answer);
      expect(refused.code).toBe(1);
      expect(refused.stdout).toContain(warning);
      expect(refused.stdout).toContain('Go on? [y/N]');
      expect(refused.stdout).toContain('error: nothing was changed');
    }
    expect(await readable(org)).toEqual(all);
    expect(await onTerminal(operator.env, args, 'y')).toMatchObject({ code: 0, stdout: expect.stringContaining('2 messages redacted') });
    expect(await readable(org)).toEqual(['50 days']);
  });
});

describe('import', () => {
  const warning = 'the file has 2 messages past the retention window of 90 days. Such content is stored redacted, and that is final.';

  function importing(org: string, file: string, ...options: string[]): Promise<Outcome> {
    return parley(operator.env, ['import', file, '--org', org, ...options]);
  }

  test('warns with the number and goes on in a script; the document has the number', async () => {
    const org = await organization(90);
    const outcome = await importing(org, await fileOf([200, 100, 50]), '--json');
    expect(outcome).toMatchObject({ code: 0, stderr: `warning: ${warning}\n` });
    expect(JSON.parse(outcome.stdout)).toMatchObject({ imported: 3, redacted: 2 });
    expect(await readable(org)).toEqual(['50 days']);
  });

  test('says it in the summary, and of compressed files', async () => {
    const org = await organization(90);
    const file = join(operator.folder, 'old.ndjson.gz');
    await writeFile(file, gzipSync(JSON.stringify(phoneLine({ createdAt: daysAgo(100) }))));
    const outcome = await importing(org, file);
    expect(outcome.stderr).toMatch(/^warning: the file has 1 message past /);
    expect(outcome.stdout).toContain('1 imported, 0 updated, 0 skipped, in 1 conversations; 1 past the retention window and redacted;');
  });

  test.each([
    ['an empty body', { body: '' }],
    ['no body', { body: null }],
    ['a deletion', { deletedAt: daysAgo(1) }],
    ['a redaction', { body: null, redactedAt: daysAgo(1) }],
  ])('does not count messages without content: %s', async (_, fields) => {
    const outcome = await importing(await organization(90), await fileOf([200, 100], fields), '--json');
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(outcome.stdout)).toMatchObject({ imported: 2, redacted: 0 });
  });

  test('counts media as content, and no line that is refused', async () => {
    const org = await organization(90);
    const file = await fileOf([200, 100], { body: null, mediaUrls: ['https://media.example.com/1'] });
    const invalid = JSON.stringify(phoneLine({ createdAt: daysAgo(300), replyTo: 'nothing' }));
    await writeFile(file, `\n${invalid}`, { flag: 'a' });
    const outcome = await importing(org, file, '--json', '--skip-invalid');
    expect(outcome).toMatchObject({ code: 0, stderr: expect.stringContaining(warning) });
    expect(JSON.parse(outcome.stdout)).toMatchObject({ imported: 2, refused: 1, redacted: 2 });
  });

  test('counts what an earlier window still redacts', async () => {
    const org = await organization(90);
    await parley(operator.env, ['org', 'retention', org, '--days', 'none']);
    const outcome = await importing(org, await fileOf([200, 50]));
    expect(outcome).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('the file has 1 message past an earlier retention window'),
    });
  });

  test.runIf(process.platform === 'linux')('asks on a terminal before it writes anything; --yes answers', async () => {
    const org = await organization(90);
    const file = await fileOf([200, 100, 50]);
    const refused = await onTerminal(operator.env, ['import', file, '--org', org], 'n');
    expect(refused).toMatchObject({ code: 1, stdout: expect.stringContaining(warning) });
    expect(await readable(org)).toEqual([]);
    const done = await onTerminal(operator.env, ['import', file, '--org', org, '--yes'], '');
    expect(done).toMatchObject({ code: 0, stdout: expect.not.stringContaining('Go on?') });
    expect(done.stdout).toContain('3 imported');
  });
});

test.runIf(process.platform === 'linux')('org create with a window asks on a terminal', async () => {
  const args = ['org', 'create', '--name', 'Never', '--retention-days', '90'];
  expect(await onTerminal(operator.env, args, 'n')).toMatchObject({ code: 1, stdout: expect.stringContaining('Go on? [y/N]') });
  expect((await parley(operator.env, ['org', 'list'])).stdout).not.toContain('Never');
  expect(await onTerminal(operator.env, args, 'y')).toMatchObject({ code: 0, stdout: expect.stringContaining('Created Never') });
});
