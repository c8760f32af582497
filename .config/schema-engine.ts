// Prisma's schema engine as WebAssembly, from the npm registry: the native one is a download of its own that may be out of reach.
// One engine a process, on a scratch PGlite: it prints what a schema change means in SQL and touches no real database.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { PrismaPGlite } from 'pglite-prisma-adapter';

const root = join(import.meta.dirname, '..');
export const migrationsFolder = join(root, 'prisma/migrations');
const schemaFile = join(root, 'prisma/schema.prisma');

/** The folders of `prisma/migrations`, oldest first. */
export function migrationNames(): string[] {
  return readdirSync(migrationsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** The SQL that leads from the migrations in the repository to `schema.prisma`; null when they agree. */
export async function pendingChange(): Promise<string | null> {
  const wasmPath = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    .replace(/\.js$/, '.wasm');
  const { instance } = await WebAssembly.instantiate(readFileSync(wasmPath), { './schema_engine_bg.js': bindings as never });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();

  const scratch = await PGlite.create();
  for (const name of migrationNames()) await scratch.exec(readFileSync(join(migrationsFolder, name, 'migration.sql'), 'utf8'));

  const files = [{ path: schemaFile, content: readFileSync(schemaFile, 'utf8') }] as const;
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPGlite(scratch) as never);
  const engine = await bindings.SchemaEngine.new({ datamodels: [[schemaFile, files[0].content]] }, () => {}, adapter);
  const filters = { externalTables: [], externalEnums: [] };
  const diff = await engine.diff({
    from: { tag: 'schemaDatasource', files, configDir: root },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: null,
    filters,
    shadowDatabaseUrl: null,
  } as never);
  await scratch.close();
  return diff.stdout && !/empty migration/i.test(diff.stdout) ? diff.stdout : null;
}
