import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importCycles, moduleCycles } from './cycles.ts';
import { forbiddenImports } from './layers.ts';
import { readSources, type SourceFile } from './source-file.ts';
import { badNames, baseTableNames, environmentReaders, longFiles, vendorWords } from './words.ts';

const root = join(import.meta.dirname, '../..');
const src = readSources(join(root, 'src'));
const everything = [...src, ...readSources(join(root, 'test'))];

describe('the house keeps its rules', () => {
  test('reads the files', () => expect(src.length).toBeGreaterThan(30));
  test('layers import what they may', () => expect(forbiddenImports(src)).toEqual([]));
  test('no file imports itself, directly or through others', () => expect(importCycles(src)).toEqual([]));
  test('no module imports itself through others', () => expect(moduleCycles(src)).toEqual([]));
  test('only ingestion names the tables of content', () => expect(baseTableNames(src)).toEqual([]));
  test("nothing outside a contract knows a vendor's word", () => expect(vendorWords(src)).toEqual([]));
  test('only main and cli read the environment', () => expect(environmentReaders(src)).toEqual([]));
  test('no file has more than 400 lines', () => expect(longFiles(everything)).toEqual([]));
  test('file names are kebab-case', () => expect(badNames(everything)).toEqual([]));
});

// Each rule can fail: a planted file breaks it, and a similar file does not.
describe('a planted file is found', () => {
  const file = (path: string, source: string): SourceFile => ({ path, source });

  test.each([
    ['errors.ts', "import { x } from './config.ts';"],
    ['config.ts', "import { x } from './errors.ts';"],
    ['database/open.ts', "import { x } from '../auth/viewer.ts';"],
    ['database/open.ts', "import { x } from '../modules/event/commands/append.ts';"],
    ['auth/viewer.ts', "import type { X } from '../modules/organization/store/find.ts';"],
    ['modules/event/commands/append.ts', "import {\n  x,\n  y,\n} from '../../../graphql/schema/builder.ts';"],
    ['modules/event/commands/append.ts', "import { x } from '../schema/node.ts';"],
    ['modules/event/commands/append.ts', "import { x } from '../../../rest/kit/route.ts';"],
    ['modules/event/commands/append.ts', "import { GraphQLError } from 'graphql';"],
    ['modules/event/commands/append.ts', "import { Hono } from 'hono/tiny';"],
    ['modules/event/schema/node.ts', "import { x } from '../../message/commands/find.ts';"],
    ['modules/event/schema/types.ts', "export { x } from '../../../rest/kit/route.ts';"],
    ['graphql/schema/builder.ts', "import '../../modules/event/schema/node.ts';"],
    ['rest/agentphone/list.ts', "import { x } from '../../database/open.ts';"],
    ['rest/agentphone/list.ts', "const x = await import('../../modules/event/commands/append.ts');"],
    ['rest/agentphone/list.ts', "import { x } from '../ziik/ids.ts';"],
    ['rest/kit/execute.ts', "import { x } from '../../database/open.ts';"],
    ['web/landing.ts', "import { x } from '../database/open.ts';"],
    ['cli/org.ts', "import { x } from '../graphql/schema/builder.ts';"],
    ['cli/org.ts', "import { x } from '../rest/kit/route.ts';"],
    ['workers/sweep.ts', "import { x } from '../graphql/schema/builder.ts';"],
    ['main.ts', "import { x } from './database/open.ts';"],
    ['modules/event/commands/append.ts', "import { x } from '../../../app.ts';"],
    ['surprise/new.ts', "import { x } from '../errors.ts';"],
  ])('%s: %s', (path, source) => expect(forbiddenImports([file(path, source)])).toHaveLength(1));

  test.each([
    ['modules/event/commands/append.ts', "import { x } from '../../message/store/find.ts';\nimport { y } from '../../../values/ids.ts';"],
    [
      'modules/event/schema/node.ts',
      "import { x } from '../../message/store/rows.ts';\nimport { y } from '../commands/append.ts';\nimport { z } from '../../message/schema/ref.ts';",
    ],
    ['rest/ziik/list.ts', "import { x } from './ids.ts';\nimport { y } from '../../generated/graphql/graphql.ts';"],
    ['cli/org.ts', "import { x } from '../modules/organization/create.ts';"],
    ['errors.ts', "const text = `\n  import { x } from nothing './config.ts'`;"],
  ])('%s may: %s', (path, source) => expect(forbiddenImports([file(path, source)])).toEqual([]));

  test('a cycle, once', () => {
    const cycle = [
      file('a/x.ts', "import '../b/y.ts';"),
      file('b/y.ts', "export * from '../c.ts';"),
      file('c.ts', "import type { X } from './a/x.ts';"),
    ];
    expect(importCycles(cycle)).toEqual(['a/x.ts → b/y.ts → c.ts → a/x.ts']);
    expect(importCycles(cycle.slice(1))).toEqual([]);
  });

  test('a cycle of modules whose files have none', () => {
    const cycle = [
      file('modules/a/schema/node.ts', "import '../../b/store/rows.ts';"),
      file('modules/b/commands/write.ts', "import '../../a/store/rows.ts';"),
      file('modules/b/store/rows.ts', "import './columns.ts';"),
    ];
    expect(importCycles(cycle)).toEqual([]);
    expect(moduleCycles(cycle)).toEqual(['modules/a → modules/b → modules/a']);
    expect(moduleCycles(cycle.slice(1))).toEqual([]);
  });

  test.each([
    'select 1 from messages',
    'select 1 from "messages" m',
    'select 1 from a JOIN attachments t on true',
    'update messages set body = null',
    'insert\n into "attachments" (id)',
    'delete from only public.messages',
    'database.prisma.message.findMany()',
  ])('a table of content: %s', (sql) => {
    const source = `const text = \`${sql}\`;`;
    expect(baseTableNames([file('modules/message/find.ts', source)])).toHaveLength(1);
    expect(baseTableNames([file('modules/message/ingest/merge.ts', source)])).toEqual([]);
    expect(baseTableNames([file('modules/message/find.ts', `// ${sql.replaceAll('\n', ' ')}`)])).toEqual([]);
  });

  test('the views are no tables of content', () => {
    const source = 'const text = `select 1 from visible_messages m join "visible_attachments" a on true`; const { messages } = rows;';
    expect(baseTableNames([file('modules/message/find.ts', source)])).toEqual([]);
  });

  test("a vendor's word", () => {
    expect(vendorWords([file('graphql/context.ts', '// as AgentPhone wants it')])).toHaveLength(1);
    expect(vendorWords([file('rest/ziik/list.ts', 'const x = "Ziik"'), file('auth/secret.ts', 'ziik')])).toEqual([]);
  });

  test('the environment, read elsewhere', () => {
    expect(environmentReaders([file('database/open.ts', 'process.env.PGHOST')])).toHaveLength(1);
    expect(environmentReaders([file('cli.ts', 'process.env'), file('app.ts', '// process.env')])).toEqual([]);
  });

  test('a file of 401 lines, a name in another style', () => {
    expect(longFiles([file('a.ts', 'x\n'.repeat(401)), file('b.ts', 'x\n'.repeat(400))])).toHaveLength(1);
    expect(badNames([file('modules/apiKey/create.ts', ''), file('modules/api-key/create.test.ts', '')])).toHaveLength(1);
  });
});
