import { randomBytes } from 'node:crypto';
import type { SealedSecrets } from '../../../auth/sealed-secrets.ts';

/** The parts of the gateway's configuration that endpoints need. */
export interface WebhookSettings {
  secrets: SealedSecrets;
  /** Returns the problem of a URL to which webhooks cannot be sent, or null. */
  urlProblem(url: string): string | null;
}

const prefix = 'whsec_';

/** Returns a new secret with 256 random bits, to be shown once. */
export function newWebhookSecret(): string {
  return prefix + randomBytes(32).toString('base64url');
}

/** Returns the prefix and the last four characters of a secret, which may be shown later. */
export function webhookSecretHint(secret: string): string {
  return `${prefix}…${secret.slice(-4)}`;
}
