import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** A compiled query, as far as a network layer reads it. */
export interface Query {
  params: { id: string; name: string };
}

/** A compiled refetchable fragment with a connection: the runtime finds the page by it, and requests the next one. */
export interface PagedFragment {
  metadata: {
    connection: [{ direction: 'forward' | 'backward'; path: readonly string[]; cursor: string; count: string }];
    refetch: {
      operation: Query;
      fragmentPathInResult: readonly string[];
      identifierInfo: { identifierQueryVariableName: string } | null;
    };
  };
}

/** Compiles a component's documents against the printed schema, in a folder of its own. Its operations are persisted by SHA-256 in the file `operations`. */
export function compileRelay(name: string, source: string) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-relay-'));
  for (const each of ['src', 'artifacts']) mkdirSync(join(folder, each));
  const operations = join(folder, 'operations.json');
  writeFileSync(operations, '{}');
  writeFileSync(join(folder, `src/${name}.js`), source);
  const config = {
    src: 'src',
    schema: join(root, 'src/graphql/schema.graphql'),
    language: 'javascript',
    artifactDirectory: 'artifacts',
    // CommonJS: its imports are found without a bundler.
    eagerEsModules: false,
    persistConfig: { file: operations, algorithm: 'SHA256' },
  };
  writeFileSync(join(folder, 'relay.config.json'), JSON.stringify(config));
  execFileSync(join(root, 'node_modules/.bin/relay-compiler'), ['relay.config.json'], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  const artifact = (of: string): unknown => createRequire(import.meta.url)(join(folder, `artifacts/${of}.graphql.js`));
  return {
    operations,
    query: (of: string) => artifact(of) as Query,
    fragment: (of: string) => artifact(of) as PagedFragment,
    remove: () => rmSync(folder, { recursive: true }),
  };
}
