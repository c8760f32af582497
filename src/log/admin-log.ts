import type { Logger } from 'pino';

type AdminAction =
  | 'ORGANIZATION_CREATED'
  | 'ORGANIZATION_RENAMED'
  | 'RETENTION_CHANGED'
  | 'API_KEY_CREATED'
  | 'API_KEY_ROTATED'
  | 'API_KEY_REVOKED'
  | 'WEBHOOK_ENDPOINT_CREATED'
  | 'WEBHOOK_ENDPOINT_CHANGED'
  | 'WEBHOOK_ENDPOINT_ENABLED'
  | 'WEBHOOK_ENDPOINT_DISABLED'
  | 'WEBHOOK_ENDPOINT_DELETED'
  | 'WEBHOOK_SECRET_ROTATED'
  | 'WEBHOOK_RECEIVER_CREATED'
  | 'WEBHOOK_RECEIVER_SECRET_STORED'
  | 'WEBHOOK_RECEIVER_DELETED';

/** An administrative action, without names, content and secrets. */
export interface AdminEntry {
  action: AdminAction;
  organizationId: string;
  /** The key that was created, rotated or revoked. */
  keyId?: string;
  /** The key that replaced it. */
  successorId?: string;
  /** The webhook endpoint that was changed. */
  endpointId?: string;
  /** The receiver of webhooks that was changed. */
  receiverId?: string;
  scopes?: readonly string[];
  expiresAt?: Date | null;
  retentionDays?: number | null;
}

/** The request and its key. */
interface Actor {
  requestId: string;
  actingKeyId: string;
}

/** Writes one line for a committed administrative action. `actor`: null for a command of the operator, which has no key. */
export function logAdminAction(log: Logger, actor: Actor | null, entry: AdminEntry): void {
  log.info({ requestId: null, actingKeyId: null, ...actor, ...entry }, 'administrative action');
}
