import type { SealedSecrets } from '../../../auth/sealed-secrets.ts';
import type { Database } from '../../../database/database.ts';
import { noReceiver, type ReceiverRow, receiverColumns } from '../store/rows.ts';

/** Stores the secret of the sender, in place of an older one. @throws NOT_FOUND, CONFLICT if there is no key to encrypt it with */
export async function storeSecret(
  database: Database,
  secrets: SealedSecrets,
  organizationId: string,
  id: string,
  secret: string,
): Promise<ReceiverRow> {
  const [receiver] = await database.query<ReceiverRow>({
    label: 'webhook_receiver_secret',
    text: `update webhook_receivers r set secret = $3 where r.organization_id = $1 and r.id = $2 returning ${receiverColumns}`,
    values: [organizationId, id, secrets.seal({ organizationId, id }, secret)],
  });
  if (receiver === undefined) throw noReceiver();
  return receiver;
}
