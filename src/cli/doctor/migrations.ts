import { migrationStatus } from '../../database/migration-status.ts';
import type { Check } from './check.ts';

export const migrations: Check = {
  name: 'migrations',
  needsSchema: false,
  run: async (database) => {
    const { applied, pending, unknown, incompatible, edited } = await migrationStatus(database);
    // As `refuseMismatch` does: each of these also has pending migrations, which migrate would not apply.
    if (applied.length === 0 && unknown.length > 0) {
      const text = `the table _prisma_migrations holds the migrations of another program, such as ${unknown[0]}`;
      return { state: 'problem', text, action: "set DATABASE_URL to a database of Parley's own" };
    }
    const unusable = pending.length > 0 ? unknown : incompatible;
    if (unusable.length > 0) {
      const text = `this release cannot run with ${unusable.join(', ')} of a newer release`;
      return { state: 'problem', text, action: 'install the newer release' };
    }
    if (edited.length > 0) {
      const text = `the text of ${edited.join(', ')} differs from the one that was applied`;
      return { state: 'problem', text, action: "restore the release's files: an applied migration must not be edited" };
    }
    if (pending.length > 0) {
      const names = pending.length > 2 ? `${pending.length} migrations, from ${pending[0]} to ${pending.at(-1)},` : pending.join(' and ');
      return { state: 'problem', text: `${names} not applied yet`, action: 'run parley migrate' };
    }
    if (unknown.length > 0) return { state: 'note', text: `the database also has ${unknown.join(', ')} of a newer release` };
    return { state: 'ok', text: `all ${applied.length} applied` };
  },
};
