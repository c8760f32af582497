import type { Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';

/**
 * Resolves once the gateway reads no events of a tenant, because none of its streams is open. A read that had begun may still end; with an open stream every
 * import is read, and the test times out.
 */
export async function feedClosed(parley: ReturnType<typeof useApp>, tenant: Tenant): Promise<void> {
  for (let isRead = true; isRead; ) {
    isRead = (await parley.statements(() => parley.importLines(tenant, [phoneLine({})]))).includes('events_read');
  }
}
