import type { RequestDatabase, Transaction } from '../../../database/database.ts';
import { badInput } from '../../../errors.ts';
import { type EndpointRow, endpointColumns } from '../store/endpoint-rows.ts';
import { lockEndpoint } from '../store/lock.ts';
import { newWebhookSecret, type WebhookSettings, webhookSecretHint } from './settings.ts';

export const rotationSeconds = { most: 604_800, default: 86_400 };

/**
 * Gives an endpoint a new secret. The old one signs, too, for `graceSeconds`; the one before it ends at once.
 * @throws BAD_USER_INPUT, NOT_FOUND, CONFLICT if the gateway has no key to encrypt the secret with
 */
export async function rotateSecret(
  database: RequestDatabase,
  { secrets }: Pick<WebhookSettings, 'secrets'>,
  organizationId: string,
  id: string,
  graceSeconds: number,
): Promise<{ endpoint: EndpointRow; secret: string }> {
  if (graceSeconds < 0 || graceSeconds > rotationSeconds.most)
    throw badInput('graceSeconds', `must be from 0 to ${rotationSeconds.most.toLocaleString('en')}`);
  return database.transaction((tx) => replaceSecret(tx, secrets, organizationId, id, graceSeconds));
}

/** As `rotateSecret`, within a transaction. @throws NOT_FOUND, CONFLICT */
export async function replaceSecret(
  tx: Transaction,
  secrets: WebhookSettings['secrets'],
  organizationId: string,
  id: string,
  graceSeconds: number,
): Promise<{ endpoint: EndpointRow; secret: string }> {
  const secret = newWebhookSecret();
  const sealed = secrets.seal({ organizationId, id }, secret);
  const stored = await lockEndpoint(tx, organizationId, id);
  const previous = graceSeconds === 0 ? null : stored.secret;
  const [endpoint] = await tx.query<EndpointRow>({
    label: 'webhook_secret_rotate',
    text: `update webhook_endpoints w set secret = $3, secret_hint = $4, previous_secret = $5::text,
        previous_secret_until = case when $5::text is not null then clock_timestamp() + $6::int * interval '1 second' end
      where w.organization_id = $1 and w.id = $2 returning ${endpointColumns}`,
    values: [organizationId, id, sealed, webhookSecretHint(secret), previous, graceSeconds],
  });
  return { endpoint: endpoint as EndpointRow, secret };
}
