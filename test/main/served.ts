import { databaseUrl } from '../support/gateway.ts';
import { useApp } from '../support/harness.ts';
import { start, useFolder } from './start.ts';

/** Returns a function that starts the gateway as a process, on PostgreSQL if the tests run on it, with a key of all scopes. A second call uses the same data. */
export function useServed() {
  if (process.env.TEST_DATABASE_URL) {
    const parley = useApp();
    let key: string | undefined;
    return async (env: Record<string, string> = {}) => {
      key ??= (await parley.tenant()).key;
      return { ...(await start({ DATABASE_URL: await databaseUrl(parley.app), ...env })), key };
    };
  }
  const folder = useFolder();
  return async (env: Record<string, string> = {}) => ({
    ...(await start({ DATA_DIR: folder(), ...env })),
    key: 'am_live_demo000000000000000000000000000',
  });
}
