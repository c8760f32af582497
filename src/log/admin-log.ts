import type { Logger } from 'pino';

type AdminAction = 'ORGANIZATION_CREATED' | 'RETENTION_CHANGED' | 'API_KEY_CREATED' | 'API_KEY_ROTATED' | 'API_KEY_REVOKED';

/** An administrative action, described by ids, instants, scopes and days: no names, content or secrets. */
export interface AdminEntry {
  action: AdminAction;
  organizationId: string;
  /** The key that was made or ended. */
  keyId?: string;
  /** The key that took its place. */
  successorId?: string;
  scopes?: readonly string[];
  expiresAt?: Date | null;
  retentionDays?: number | null;
}

/** The request and the key that it came with; null for a command of the operator, who needs no key. */
interface Actor {
  requestId: string;
  actingKeyId: string;
}

/** Writes one line for an administrative action that was committed. */
export function logAdminAction(log: Logger, actor: Actor | null, entry: AdminEntry): void {
  log.info({ requestId: null, actingKeyId: null, ...actor, ...entry }, 'administrative action');
}
