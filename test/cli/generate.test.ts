import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parley, useOperator } from './parley.ts';

const operator = useOperator();

const run = (...args: string[]) => parley(operator.env, args);
const generate = (...args: string[]) => run('generate', ...args, '--json');
const small = ['--conversations', '30', '--messages', '1000'];

interface Line {
  externalId: string;
  contactNumber: string;
  body: string;
}

async function linesOf(org: string): Promise<Line[]> {
  const { stdout } = await run('export', '--org', org);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

async function emptyOrganization(): Promise<string> {
  return JSON.parse((await run('org', 'create', '--name', 'Empty', '--json')).stdout).id;
}

describe('a new organization', () => {
  test('has the messages, in conversations of skewed sizes, with the words to search for; they fit the import', async () => {
    const { code, stdout } = await generate(...small, '--rare-messages', '7');
    expect(code).toBe(0);
    const document = JSON.parse(stdout);
    expect(document).toEqual({
      organization: expect.any(String),
      key: expect.stringMatching(/^am_live_/),
      messages: 1000,
      seconds: expect.any(Number),
      words: { rare: 'zeppelin', common: 'appointment', chinese: '预约' },
    });
    const lines = await linesOf(document.organization);
    const sizes = [...Map.groupBy(lines, ({ contactNumber }) => contactNumber).values()].map(({ length }) => length).sort((a, b) => b - a);
    expect(sizes).toHaveLength(30);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(1000);
    expect(sizes[0]).toBe(100);
    expect(sizes.filter((size) => size === 10)).toHaveLength(20);
    const having = (word: string) => lines.filter(({ body }) => body.toLowerCase().includes(word)).length;
    expect(having('zeppelin')).toBe(7);
    expect(having('appointment')).toBeGreaterThan(200);
    expect(having('appointment')).toBeLessThan(400);
    expect(having('预约')).toBeGreaterThan(0);

    const file = join(operator.folder, 'generated.ndjson');
    await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const imported = await run('import', file, '--org', await emptyOrganization(), '--json');
    expect(JSON.parse(imported.stdout)).toMatchObject({ imported: 1000, refused: 0, conversations: 30 });
  });
});

describe('an organization that exists', () => {
  test('gets the same messages from the same seed, others from another one', async () => {
    const exported: Line[][] = [];
    for (const seed of ['5', '5', '6']) {
      const org = await emptyOrganization();
      const { stdout } = await generate(...small, '--org', org, '--seed', seed);
      expect(JSON.parse(stdout)).toMatchObject({ organization: org, key: null, messages: 1000 });
      exported.push(await linesOf(org));
    }
    const [first, second, third] = exported;
    expect(second).toEqual(first);
    expect(third).not.toEqual(first);
  });

  test('is refused if it is not empty, unless it is forced', async () => {
    const org = await emptyOrganization();
    await generate(...small, '--org', org);
    const refused = await generate(...small, '--org', org, '--seed', '2');
    expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('--force') });
    const forced = await generate(...small, '--org', org, '--seed', '2', '--force');
    expect(JSON.parse(forced.stdout)).toMatchObject({ messages: 1000 });
    expect(await linesOf(org)).toHaveLength(2000);
  });
});

test.each([
  [1, 20],
  [2, 10],
  [22, 22],
])('writes each of %d conversations, of %d messages', async (conversations, messages) => {
  const { stdout } = await generate('--conversations', `${conversations}`, '--messages', `${messages}`);
  const lines = await linesOf(JSON.parse(stdout).organization);
  expect(lines).toHaveLength(messages);
  expect(new Set(lines.map(({ contactNumber }) => contactNumber)).size).toBe(conversations);
});

test.each([
  [['--conversations', '10', '--messages', '9'], '--messages'],
  [['--conversations', '0', '--messages', '9'], '--conversations'],
  [['--conversations', '1', '--messages', '9'], '--rare-messages'],
  [['--conversations', 'many', '--messages', '9'], '--conversations'],
])('refuses %j, naming the option', async (args, option) => {
  expect(await generate(...args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(`option '${option}`) });
});
