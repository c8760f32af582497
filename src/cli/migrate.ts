import { Command } from 'commander';
import { migrate } from '../database/migrate.ts';
import { type MigrationStatus, migrationStatus } from '../database/migration-status.ts';
import { type CliContext, jsonOption } from './context.ts';

export function migrateCommand({ connect, out }: CliContext): Command {
  return new Command('migrate')
    .description("update the database's schema to this release")
    .option(
      '--status',
      'only list the applied and the missing migrations; changes nothing. The exit code is 1 unless this release can run on the database',
    )
    .addOption(jsonOption())
    .action(async ({ status }: { status?: true }) => {
      const database = await connect();
      if (status) {
        const found = await migrationStatus(database);
        out(found, statusLines(found));
        if (found.pending.length + found.incompatible.length + found.edited.length > 0) process.exitCode = 1;
      } else {
        const migrated = await migrate(database);
        out({ migrated }, [migrated.length === 0 ? 'The schema is up to date.' : `Migrated: ${migrated.join(', ')}.`]);
      }
    });
}

function statusLines(status: MigrationStatus): string[] {
  const line = (mark: string, names: string[]) => names.map((name) => `${mark.padEnd(8)}  ${name}`);
  return [
    ...line(
      'applied',
      status.applied.filter((name) => !status.edited.includes(name)),
    ),
    ...line('edited', status.edited),
    ...line('pending', status.pending),
    ...line(
      'newer',
      status.unknown.filter((name) => !status.incompatible.includes(name)),
    ),
    ...line('unknown', status.incompatible),
  ];
}
