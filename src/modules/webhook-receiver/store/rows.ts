import type { Queryable } from '../../../database/database.ts';
import { columns } from '../../../database/source.ts';
import { ParleyError } from '../../../errors.ts';
import type { WebhookReceiverModel } from '../../../generated/prisma/models.ts';

const fields = ['id', 'name', 'createdAt'] as const;

/** A receiver without its secret. */
export type ReceiverRow = Pick<WebhookReceiverModel, (typeof fields)[number]> & { hasSecret: boolean };

export const receiverColumns = `${columns('r', fields)}, r.secret is not null as "hasSecret"`;

/** Returns the receivers of an organization, oldest first. */
export function listReceivers(database: Queryable, organizationId: string): Promise<ReceiverRow[]> {
  return database.query({
    label: 'webhook_receivers',
    text: `select ${receiverColumns} from webhook_receivers r where r.organization_id = $1 order by r.created_at, r.id`,
    values: [organizationId],
  });
}

/** A receiver with its organization and its encrypted secret. */
export type Receiver = Pick<WebhookReceiverModel, 'organizationId' | 'id' | 'secret'>;

/** Returns the receiver of a request, which names no organization; null if there is none. */
export async function findReceiver(database: Queryable, id: string): Promise<Receiver | null> {
  const [receiver] = await database.query<Receiver>({
    label: 'webhook_receiver',
    text: `select ${columns('r', ['organizationId', 'id', 'secret'])} from webhook_receivers r where r.id = $1`,
    values: [id],
  });
  return receiver ?? null;
}

/** The error for a receiver that does not exist or belongs to another organization. */
export function noReceiver(): ParleyError {
  return new ParleyError('NOT_FOUND', 'there is no such webhook receiver');
}
