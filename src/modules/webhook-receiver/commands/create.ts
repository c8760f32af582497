import { randomUUID } from 'node:crypto';
import type { SealedSecrets } from '../../../auth/sealed-secrets.ts';
import type { Database } from '../../../database/database.ts';
import { checkName } from '../../../values/name.ts';
import { findOrganization } from '../../organization/store/find.ts';
import { type ReceiverRow, receiverColumns } from '../store/rows.ts';

/**
 * Creates a receiver of webhooks. Its id is random, because it is the only part of its URL that others do not know.
 * @param secret null: it is stored later. @throws BAD_USER_INPUT, NOT_FOUND, CONFLICT if there is no key to encrypt the secret with
 */
export async function createReceiver(
  database: Database,
  secrets: SealedSecrets,
  organizationId: string,
  { name, secret }: { name: string; secret: string | null },
): Promise<ReceiverRow> {
  checkName('name', name);
  await findOrganization(database, organizationId);
  const id = randomUUID();
  const sealed = secret === null ? null : secrets.seal({ organizationId, id }, secret);
  const [receiver] = await database.query<ReceiverRow>({
    label: 'webhook_receiver_create',
    text: `insert into webhook_receivers as r (organization_id, id, name, secret) values ($1, $2, $3, $4) returning ${receiverColumns}`,
    values: [organizationId, id, name, sealed],
  });
  return receiver as ReceiverRow;
}
