import { type AdminEntry, logAdminAction } from '../../log/admin-log.ts';
import type { Context } from '../context.ts';
import { viewerOf } from './viewer.ts';

/** Writes a line for an administrative action of the viewer's key in its organization. */
export function logAction(context: Context, entry: Omit<AdminEntry, 'organizationId'>): void {
  const { organizationId, keyId } = viewerOf(context);
  logAdminAction(context.log, { requestId: context.requestId, actingKeyId: keyId }, { ...entry, organizationId });
}
