// architecture.md, "Who may import whom", as a table.
import { importsOf, type SourceFile } from './source-file.ts';

interface Place {
  layer: string;
  /** The module or contract that a file belongs to. */
  owner?: string;
}

/** Files of the gateway's own that any layer may import. */
const plain = ['errors.ts', 'version.ts', 'http/body.ts', 'http/etag.ts', 'http/request-id.ts'];

export function placeOf(path: string): Place {
  const [top = '', second = '', third = ''] = path.split('/');
  if (plain.includes(path) || top === 'values' || top === 'log') return { layer: 'plain' };
  if (path === 'graphql/context.ts') return { layer: 'context' };
  if (path === 'graphql/built-schema.ts') return { layer: 'schema' };
  if (top === 'modules') return { layer: third === 'schema' ? 'module schema' : 'module', owner: second };
  if (top === 'generated') return { layer: `generated ${second}` };
  if (top === 'rest' && second === 'kit') return { layer: 'rest' };
  if (top === 'rest' && third !== '') return { layer: 'contract', owner: second };
  if (top === 'sources' && second !== 'sync' && third !== '') return { layer: 'source', owner: second };
  if (path === 'graphql/server.ts' || path === 'graphql/front.ts' || path.startsWith('graphql/socket/')) return { layer: 'graphql server' };
  // A frontend, which knows the gateway only by its API.
  if (path.startsWith('web/inbox/')) return { layer: 'inbox' };
  if (path === 'welcome.ts') return { layer: 'main' };
  // The files that createApp combines and that are no layer of their own.
  if (top === 'http' || (second === '' && !['config.ts', 'main.ts', 'cli.ts'].includes(path))) return { layer: 'app' };
  return { layer: top.replace(/\.ts$/, '') };
}

/** Layer → the layers that it may import. */
const may: Record<string, readonly string[]> = {
  plain: ['plain'],
  config: [],
  database: ['plain', 'config', 'database', 'generated prisma'],
  auth: ['plain', 'config', 'database', 'auth'],
  module: ['plain', 'config', 'database', 'auth', 'module', 'generated prisma'],
  // Resolvers receive the context, and call commands through it.
  context: ['plain', 'database', 'auth', 'module', 'graphql'],
  graphql: ['plain', 'database', 'auth', 'context', 'graphql'],
  'module schema': ['plain', 'database', 'auth', 'context', 'graphql', 'module', 'module schema', 'generated prisma'],
  schema: ['graphql', 'module schema'],
  'graphql server': ['plain', 'database', 'auth', 'context', 'graphql', 'schema', 'graphql server'],
  // The kit, not a contract, reads the key.
  rest: ['plain', 'auth', 'rest', 'contract', 'generated graphql'],
  contract: ['plain', 'rest', 'contract', 'generated graphql'],
  web: ['plain', 'config', 'web'],
  inbox: ['inbox'],
  demo: ['plain', 'config', 'database', 'auth', 'module', 'demo'],
  // A worker calls commands by itself, as a request or a command line does.
  workers: ['plain', 'database', 'auth', 'module', 'workers'],
  telemetry: ['plain', 'config', 'database', 'telemetry'],
  // Messages of other APIs: each API in a folder of its own.
  sources: ['plain', 'database', 'module', 'sources', 'source'],
  source: ['plain', 'database', 'module', 'sources', 'source'],
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
    'source',
    'web',
    'demo',
    'workers',
    'telemetry',
    'app',
  ],
  main: ['plain', 'config', 'app', 'main'],
  // The command line is a third transport: `cli.ts` and `cli/` call commands.
  cli: ['plain', 'config', 'database', 'auth', 'module', 'sources', 'cli'],
};

/** Packages that a layer must not know, though its own imports would let it. */
const strangers: Record<string, RegExp> = {
  plain: /^(graphql|hono|@hono|@pothos|graphql-yoga|pg|commander)(\/|$)/,
  database: /^(graphql|hono|@hono|@pothos|graphql-yoga|commander)(\/|$)/,
  auth: /^(graphql|hono|@hono|@pothos|graphql-yoga|pg|commander)(\/|$)/,
  module: /^(graphql|hono|@hono|@pothos|graphql-yoga|pg|commander)(\/|$)/,
  'module schema': /^(hono|@hono|graphql-yoga|pg|commander)(\/|$)/,
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
  if (from.layer === 'contract' || (from.layer === 'source' && to.layer === 'source')) return "a contract may not know another one's";
  if (from.layer === 'module schema' && to.layer === 'module' && !/\/store\/[a-z-]+\.ts$/.test(target)) {
    return "a module's schema may import another module's schema and store, not its commands";
  }
  return null;
}

function strangerTo(path: string, target: string): string | null {
  const { layer } = placeOf(path);
  return strangers[layer]?.test(target) ? `${layer} may not know ${target}` : null;
}
