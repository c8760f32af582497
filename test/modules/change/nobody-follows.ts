import type { Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';

/**
 * Resolves once what is recorded is read for nobody. What was begun for a stream may still read once or twice, later where others' transactions on the server
 * hold it up; a stream that is followed reads each time, and the test runs out of time.
 */
export async function nobodyFollows(parley: ReturnType<typeof useApp>, tenant: Tenant): Promise<void> {
  for (let followed = true; followed; ) {
    followed = (await parley.statements(() => parley.importLines(tenant, [phoneLine({})]))).includes('events_read');
  }
}
