// architecture.md, "Who may import whom", as a table.
import { importsOf, type SourceFile } from './source-file.ts';

interface Place {
  layer: string;
  /** The module or contract that a file belongs to. */
  owner?: string;
}

/** What knows nothing of ours and may be known by everyone: codes, ids, and how values are written. */
const plain = [
  'errors.ts',
  'ids.ts',
  'contact-address.ts',
  'https-url.ts',
  'instant.ts',
  'offset.ts',
  'storable-text.ts',
  'search-text.ts',
  'cursor.ts',
  'body.ts',
  'printable.ts',
  'logged-error.ts',
  'admin-log.ts',
  'request-id.ts',
];
/** A module's face to GraphQL; every other file of a module is a rule or a verb. */
const face = /^(graphql|ref|enums|inputs|queries|mutations|of-[a-z-]+)\.ts$|^graphql\//;

export function placeOf(path: string): Place {
  const [top = '', second = '', ...rest] = path.split('/');
  if (plain.includes(path)) return { layer: 'plain' };
  if (path === 'graphql/context.ts') return { layer: 'context' };
  if (path === 'graphql/schema.ts') return { layer: 'schema' };
  if (top === 'modules') return { layer: face.test(rest.join('/')) ? 'module graphql' : 'module', owner: second };
  if (top === 'generated') return { layer: `generated ${second}` };
  if (top === 'rest' && rest.length > 0) return { layer: 'contract', owner: second };
  if (path === 'graphql/server.ts' || path === 'graphql/front.ts' || path.startsWith('graphql/socket/')) return { layer: 'graphql server' };
  if (path === 'welcome.ts') return { layer: 'main' };
  // What createApp puts together and is no layer of its own.
  if (second === '' && !['config.ts', 'main.ts', 'cli.ts'].includes(path)) return { layer: 'app' };
  return { layer: top.replace(/\.ts$/, '') };
}

/** Layer → the layers that it may import. */
const may: Record<string, readonly string[]> = {
  plain: ['plain'],
  config: [],
  database: ['plain', 'config', 'database', 'generated prisma'],
  auth: ['plain', 'config', 'database', 'auth'],
  module: ['plain', 'config', 'database', 'auth', 'module', 'generated prisma'],
  // What resolvers are handed, rules among it.
  context: ['plain', 'database', 'auth', 'module', 'graphql'],
  graphql: ['plain', 'database', 'auth', 'context', 'graphql'],
  'module graphql': ['plain', 'database', 'auth', 'context', 'graphql', 'module', 'module graphql', 'generated prisma'],
  schema: ['graphql', 'module graphql'],
  'graphql server': ['plain', 'database', 'auth', 'context', 'graphql', 'schema', 'graphql server'],
  // The kit, not a contract, meets the key.
  rest: ['plain', 'auth', 'rest', 'contract', 'generated graphql'],
  contract: ['plain', 'rest', 'contract', 'generated graphql'],
  explorer: ['plain', 'config', 'explorer'],
  demo: ['plain', 'config', 'database', 'auth', 'module', 'demo'],
  // A worker runs verbs by itself, as a request or a command does.
  workers: ['plain', 'database', 'module', 'workers'],
  app: [
    'plain',
    'config',
    'database',
    'auth',
    'module',
    'graphql',
    'schema',
    'graphql server',
    'rest',
    'contract',
    'explorer',
    'demo',
    'workers',
    'app',
  ],
  main: ['plain', 'config', 'app', 'main'],
  // A command is a third transport: `cli` the file and `cli/` the folder call verbs.
  cli: ['plain', 'config', 'database', 'auth', 'module', 'cli'],
};

/** Packages that a layer must not know, though its own imports would let it. */
const strangers: Record<string, RegExp> = {
  plain: /^(graphql|hono|@hono|@pothos|graphql-yoga|pg|commander)(\/|$)/,
  database: /^(graphql|hono|@hono|@pothos|graphql-yoga|commander)(\/|$)/,
  auth: /^(graphql|hono|@hono|@pothos|graphql-yoga|pg|commander)(\/|$)/,
  module: /^(graphql|hono|@hono|@pothos|graphql-yoga|pg|commander)(\/|$)/,
  'module graphql': /^(hono|@hono|graphql-yoga|pg|commander)(\/|$)/,
  graphql: /^(hono|@hono|pg|commander)(\/|$)/,
  contract: /^(@pothos|graphql-yoga|pg|@prisma|@electric-sql|commander)(\/|$)/,
  rest: /^(@pothos|pg|@prisma|@electric-sql|commander)(\/|$)/,
};

/** Imports that the table forbids, each as one line. */
export function forbiddenImports(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    importsOf(file).flatMap((target) => {
      const reason = target.endsWith('.ts') ? refusal(file.path, target) : strangerTo(file.path, target);
      return reason === null ? [] : [`${file.path} imports ${target}: ${reason}`];
    }),
  );
}

function refusal(path: string, target: string): string | null {
  const from = placeOf(path);
  const to = placeOf(target);
  if (may[from.layer] === undefined) return `no rule says what "${from.layer}" may import`;
  if (!may[from.layer]?.includes(to.layer)) return `${from.layer} may not know ${to.layer}`;
  if (from.owner === undefined || to.owner === undefined || from.owner === to.owner) return null;
  if (from.layer === 'contract') return "a contract may not know another one's";
  if (from.layer === 'module graphql' && to.layer === 'module' && !target.endsWith('/rows.ts')) {
    return "a module's GraphQL may know another module's types and rows, not its rules";
  }
  return null;
}

function strangerTo(path: string, target: string): string | null {
  const { layer } = placeOf(path);
  return strangers[layer]?.test(target) ? `${layer} may not know ${target}` : null;
}
