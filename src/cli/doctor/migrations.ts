import { migrationStatus } from '../../database/migrate.ts';
import type { Check } from './check.ts';

export const migrations: Check = {
  name: 'migrations',
  needsSchema: false,
  run: async (database) => {
    const { applied, pending, unknown, edited } = await migrationStatus(database);
    if (edited.length > 0) {
      const text = `the text of ${edited.join(', ')} differs from the one that was applied`;
      return { state: 'problem', text, action: "restore the release's files: an applied migration must not be edited" };
    }
    if (pending.length > 0) {
      const names = pending.length > 2 ? `${pending.length} migrations, from ${pending[0]} to ${pending.at(-1)},` : pending.join(' and ');
      return { state: 'problem', text: `${names} not applied yet`, action: 'run parley migrate' };
    }
    if (unknown.length > 0)
      return { state: 'problem', text: `the database has ${unknown.join(', ')} of a newer release`, action: 'install the newer release' };
    return { state: 'ok', text: `all ${applied.length} applied` };
  },
};
