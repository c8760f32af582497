import type { Tenant, useApp } from '../../support/harness.ts';
import { client, type Message } from './client.ts';

/** Returns the instant of a line, in minutes after the first. */
export const at = (minute: number) => ({ createdAt: `2026-05-01T10:${String(minute).padStart(2, '0')}:00Z` });

/** Records lines of one conversation for a new tenant. @returns its messages too, oldest first, at most 25 */
export async function recorded(
  parley: ReturnType<typeof useApp>,
  lines: readonly unknown[],
): Promise<{ tenant: Tenant; id: number; messages: Message[] }> {
  const ziik = client(parley);
  const tenant = await parley.tenant();
  await parley.importLines(tenant, lines);
  const id = await ziik.latest(tenant);
  return { tenant, id, messages: (await ziik.messages(tenant.key, id)).data.toReversed() };
}
