import { version } from '../../version.ts';
import type { Check } from './check.ts';

export const versions: Check = {
  name: 'version',
  needsSchema: false,
  run: async (database) => {
    const [server] = await database.query<{ version: string }>({
      label: 'doctor_version',
      text: "select current_setting('server_version') as version",
    });
    return { state: 'ok', text: `Parley ${version}, Node ${process.versions.node}, PostgreSQL ${server?.version} (${database.kind})` };
  },
};
