import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { phoneLine } from '../support/lines.ts';
import { type Outcome, parley, useOperator } from './parley.ts';

const operator = useOperator();

async function organization(): Promise<string> {
  return JSON.parse((await parley(operator.env, ['org', 'create', '--name', 'Import', '--json'])).stdout).id;
}

let files = 0;
async function importing(org: string, content: string | Buffer, ...options: string[]): Promise<Outcome> {
  const file = join(operator.folder, `${files++}.ndjson`);
  await writeFile(file, content);
  return parley(operator.env, ['import', file, '--org', org, ...options]);
}

const ndjson = (lines: readonly object[], end = '\n') => lines.map((line) => JSON.stringify(line) + end).join('');
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) =>
    phoneLine({ externalId: `m${from + index}`, createdAt: `2026-01-01T00:00:${10 + index}Z` }),
  );

test('prints its counts as one JSON document; the same file changes nothing the second time', async () => {
  const org = await organization();
  const first = await importing(org, ndjson(numbered(0, 5)), '--json');
  expect(first).toMatchObject({ code: 0, stderr: '' });
  const totals = { read: 5, imported: 5, updated: 0, skipped: 0, refused: 0, redacted: 0, conversations: 1, seconds: expect.any(Number) };
  expect(JSON.parse(first.stdout)).toEqual(totals);
  const second = await importing(org, ndjson(numbered(0, 5)), '--json');
  expect(JSON.parse(second.stdout)).toEqual({ ...totals, imported: 0, skipped: 5, conversations: 0 });
});

test.each([
  ['plain', (content: string) => Buffer.from(content)],
  ['gzip', gzipSync],
])('reads standard input, %s', async (_, encode) => {
  const args = ['import', '-', '--org', await organization(), '--json'];
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../src/cli.ts'), ...args], { env: operator.env, stdio: 'pipe' });
  child.stdin.end(encode(ndjson(numbered(0, 4))));
  const [[code], stdout, stderr] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ read: 4, imported: 4 });
});

test('prints the number and reason of an invalid line, merges nothing, exit 1; with --skip-invalid merges the rest, exit 0', async () => {
  const org = await organization();
  const content = ndjson([...numbered(0, 1), phoneLine({ externalId: 'bad', colour: 'red' })]);
  const reason = 'line 2: colour: is not a field of the import format\n';
  const refused = await importing(org, content, '--json');
  expect(refused).toMatchObject({ code: 1, stderr: reason });
  expect(JSON.parse(refused.stdout)).toMatchObject({ read: 2, imported: 0, refused: 1, conversations: 0 });
  const rest = await importing(org, content, '--json', '--skip-invalid');
  expect(rest).toMatchObject({ code: 0, stderr: reason });
  expect(JSON.parse(rest.stdout)).toMatchObject({ read: 2, imported: 1, refused: 1 });
});

test('a message from the day after tomorrow is refused by its line and field, and nothing is merged', async () => {
  const after = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const content = ndjson([phoneLine({ createdAt: after(23) }), phoneLine({ createdAt: after(25) })]);
  const outcome = await importing(await organization(), content, '--json');
  expect(outcome).toMatchObject({ code: 1, stderr: 'line 2: createdAt: must be at most one day after now\n' });
  expect(JSON.parse(outcome.stdout)).toMatchObject({ read: 2, imported: 0, refused: 1 });
});

test('prints at most a hundred problems', async () => {
  const result = await importing(await organization(), '{}\n'.repeat(50));
  expect(result.stderr.split('\n').filter((line) => line.startsWith('line '))).toHaveLength(100);
  expect(result.stderr).toContain('… and 100 more');
  expect(result.stdout).toContain('50 lines read, 50 refused: nothing was merged');
});

describe('refused as a whole, in one line', () => {
  const truncated = () => gzipSync(ndjson(numbered(0, 40))).subarray(0, 100);

  test('a cut gzip file', async () => {
    expect(await importing(await organization(), truncated())).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^error: .* cannot be read to its end: .*\n$/),
    });
  });
  test.each([['/nowhere/at/all.ndjson'], [tmpdir()]])('%s', async (path) => {
    const result = await parley(operator.env, ['import', path, '--org', await organization()]);
    expect(result).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error: .* cannot be read: .*\n$/) });
  });
  test('an unknown organization', async () => {
    const none = '0197a3c2-5f60-7cc1-b1d4-0a6b1f1a9c3e';
    const file = join(operator.folder, 'any.ndjson');
    await writeFile(file, ndjson(numbered(0, 1)));
    expect(await parley(operator.env, ['import', file, '--org', none])).toMatchObject({
      code: 1,
      stderr: `error: no organization ${none}\n`,
    });
    expect(await parley(operator.env, ['export', '--org', none])).toMatchObject({ code: 1, stderr: `error: no organization ${none}\n` });
  });
});
