// Prisma's schema engine as WebAssembly, from the npm registry: the native one is a download of its own that may be out of reach.
// One engine a process, on a scratch PGlite: it prints what a schema change means in SQL and touches no real database.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { PrismaPGlite } from 'pglite-prisma-adapter';

const root = join(import.meta.dirname, '..');
export const migrationsFolder = join(root, 'prisma/migrations');
const schemaFile = join(root, 'prisma/schema.prisma');

/** The folders of `prisma/migrations`, oldest first. */
export function migrationNames(): string[] {
  const entries = readdirSync(migrationsFolder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

/** Compares the migrations with `schema.prisma`. @returns the SQL that leads from the one to the other; null if they agree. @throws if one of them is wrong */
export async function pendingChange(scratch: PGlite): Promise<string | null> {
  await loadEngine();
  const files = [{ path: schemaFile, content: readFileSync(schemaFile, 'utf8') }];
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPGlite(scratch));
  const engine = await bindings.SchemaEngine.new({ datamodels: files.map(({ path, content }) => [path, content]) }, () => {}, adapter);
  const diff = await engine.diff({
    from: { tag: 'schemaDatasource', files, configDir: root },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  return diff.exitCode === 2 ? diff.stdout : null;
}

/** A database in memory with all migrations of the repository. @throws an error that names the migration that fails */
export async function migratedScratch(): Promise<PGlite> {
  const scratch = await PGlite.create();
  for (const name of migrationNames()) {
    await scratch.exec(readFileSync(join(migrationsFolder, name, 'migration.sql'), 'utf8')).catch((error: Error) => {
      throw new Error(`the migration ${name} fails: ${error.message}`);
    });
  }
  return scratch;
}

/** The bindings' own loader imports the .wasm file as a module, which Node does not do without a flag. */
async function loadEngine(): Promise<void> {
  const wasm = readFileSync(fileURLToPath(import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg')).replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': { ...bindings } });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === 'function') start();
}
