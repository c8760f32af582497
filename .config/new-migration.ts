// `npm run migration -- NAME`: writes prisma/migrations/<instant>_<name>/migration.sql from what schema.prisma says beyond the migrations.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { notesOf } from './migration-notes.ts';
import { migratedScratch, migrationNames, migrationsFolder, pendingChange } from './schema-engine.ts';

const [name = '', ...more] = process.argv.slice(2);

if (more.length > 0 || !/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name) || name.length > 80) {
  console.error('usage: npm run migration -- NAME, where NAME says what changes in lower case, like add_message_reactions');
  process.exitCode = 2;
} else {
  try {
    const scratch = await migratedScratch();
    write(await pendingChange(scratch));
    await scratch.close();
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}

function write(sql: string | null): void {
  if (sql === null) {
    console.log('nothing to migrate: the migrations lead to schema.prisma');
    return;
  }
  // UTC to the second, as Prisma names them. The order of the names is the order of application: never before the last one, whatever the clock says.
  const now = Number(new Date().toISOString().replace(/\D/g, '').slice(0, 14));
  const previous = migrationNames().at(-1);
  const last = Number(previous?.slice(0, 14) ?? 0);
  const folder = join(migrationsFolder, `${Math.max(now, last + 1)}_${name}`);
  mkdirSync(folder);
  writeFileSync(join(folder, 'migration.sql'), notesOf(sql, previous) + sql);
  console.log(
    `wrote ${join(folder, 'migration.sql')}: read it, and add by hand what Prisma's schema cannot say (views, checks, partial indexes)`,
  );
}
