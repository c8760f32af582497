import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { unplainWords } from './plain-words.ts';
import { readSources, type SourceFile } from './source-file.ts';

const root = join(import.meta.dirname, '../..');

describe('the house speaks plainly', () => {
  const files = readAll();

  test('reads files of every kind', () => {
    for (const ending of ['.test.ts', 'schema.prisma', 'README.md', '.ci/run', '.graphql', 'codegen.ts'])
      expect(files.filter(({ path }) => path.endsWith(ending))).not.toEqual([]);
  });

  test('no comment and no text for people uses a refused word', () => {
    expect(unplainWords(files)).toEqual([]);
  });
});

// Each rule can fail: a planted sentence breaks it, and a plain one beside it does not.
test.each([
  ['What is stored.', 'Returns what is stored.'],
  ['Whether it is open.', 'True if it is open.'],
  ['Who wrote it.', 'The author.'],
  ['Where it is sent.', 'The address.'],
  ['How many rows.', 'The number of rows.'],
  ['Of what is stored, the newest.', 'The newest of the stored messages.'],
  ['A message that is retold.', 'A repeated message.'],
  ['The reader is told.', 'The reader is notified.'],
  ['An event tells of it.', 'An event tells a client to refetch.'],
  ['It was put away.', 'It was put into the queue.'],
  ['The channel it travelled by.', 'The channel it was sent over.'],
  ['The operator mends it.', 'The operator amends it.'],
  ['A dear search.', 'An expensive search.'],
  ['The size asked for.', 'The requested size.'],
  ['It stays as it is.', 'It is stored as it is written.'],
  ['They are kept as they are now.', 'They are kept as they are in the file.'],
  ['The text as it stands.', 'The text that stands for it.'],
  ['Null where it is gone.', 'Null if it was deleted.'],
  ['The row is not there.', 'The row is missing.'],
  ['The conversation was already there.', 'The conversation was already there before the import.'],
  ['A row and where it stands.', 'A row and its position.'],
  ['The file lies in a folder.', 'The file is in a folder.'],
  ['A message seen before.', 'A message that was seen by the reader.'],
  ['Those that fit.', 'Those that fit into a page.'],
  ['As though it did not exist.', 'As if it did not exist.'],
])('refuses "%s", not "%s"', (refused, plain) => {
  const found = (path: string, source: string) => unplainWords([{ path, source }]);
  for (const write of [
    (text: string) => `/** ${text} */`,
    (text: string) => `const x = 1; // ${text}`,
    (text: string) => `x({ y: '${text}' });`,
  ]) {
    expect(found('src/a.ts', write(refused))).toHaveLength(1);
    expect(found('src/a.ts', write(plain))).toEqual([]);
  }
  expect(found('prisma/schema.prisma', `  id Int // ${refused}`)).toHaveLength(1);
  expect(found('.ci/run', `# ${refused}`)).toHaveLength(1);
});

describe('the rule reads prose only', () => {
  test.each([
    ['code', 'const dear = /mend "dear"/; // plain'],
    ['a text without a space', "const x = 'mend';"],
    ['a regular expression that holds a mark of comments', 'const x = /[/*] mend/;'],
    ['a template between its braces', `const x = \`one \${mend({ dear })} two\`;`],
  ])('skips %s', (_name, source) => expect(unplainWords([{ path: 'src/a.ts', source }])).toEqual([]));

  test('skips the texts of tests and the code in Markdown', () => {
    expect(unplainWords([{ path: 'test/a.test.ts', source: "test('mends a line', () => {});" }])).toEqual([]);
    expect(unplainWords([{ path: 'README.md', source: 'Run:\n```\nmend it\n```\n' }])).toEqual([]);
  });

  test('names the line, and reads a sentence across lines', () => {
    expect(unplainWords([{ path: 'src/a.ts', source: '\n// The writer keeps it as it\n// is.\nx();' }])).toEqual([
      'src/a.ts:2: "as it is" → unchanged, current',
    ]);
    expect(unplainWords([{ path: 'src/a.ts', source: '/**\n * A page.\n * A dear one.\n */' }])).toEqual([
      'src/a.ts:3: "dear" → expensive',
    ]);
    expect(unplainWords([{ path: 'src/a.ts', source: `const x = \`\${y}\n a dear one\`;` }])).toEqual(['src/a.ts:2: "dear" → expensive']);
    expect(unplainWords([{ path: 'README.md', source: '# Title\n\nIt was\nput away.' }])).toEqual(['README.md:4: "put away" → archived']);
  });
});

function readAll(): SourceFile[] {
  const sources = ['src', 'test'].flatMap((folder) =>
    readSources(join(root, folder)).map(({ path, source }) => ({ path: `${folder}/${path}`, source })),
  );
  return [...sources, ...otherPaths().map((path) => ({ path, source: readFileSync(join(root, path), 'utf8') }))];
}

/** Documents, scripts and settings. The printed schema repeats descriptions of the sources, and the released one never changes. */
function otherPaths(): string[] {
  const namesIn = (folder: string, recursive = false) =>
    readdirSync(join(root, folder), { recursive, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  const documents = namesIn('src', true).filter(
    (path) => /\.(md|graphql)$/.test(path) && !/^src\/(graphql|generated)\/|\/node_modules\//.test(path),
  );
  return ['README.md', 'codegen.ts', 'prisma/schema.prisma', ...namesIn('.ci'), ...namesIn('.config', true), ...documents];
}
