import type { Queryable } from '../../../database/database.ts';
import { keptDays } from '../store/kept.ts';

/** The most deliveries that one statement deletes. */
const batchSize = 1_000;

/** Deletes the deliveries of all organizations that have ended and are older than `keptDays`, in small transactions. */
export async function purgeDeliveries(database: Queryable, signal: AbortSignal): Promise<void> {
  for (let purged = batchSize; purged === batchSize && !signal.aborted; ) {
    const rows = await database.query({
      label: 'webhook_purge',
      text: `delete from webhook_deliveries d using (
          select old.organization_id, old.id from (select distinct w.organization_id from webhook_endpoints w) o
          cross join lateral (select d.organization_id, d.id from webhook_deliveries d
            where d.organization_id = o.organization_id and d.created_at < clock_timestamp() - ${keptDays} * interval '1 day' and d.status <> 'PENDING'
            limit ${batchSize}) old limit ${batchSize}) old
        where d.organization_id = old.organization_id and d.id = old.id returning d.id`,
    });
    purged = rows.length;
  }
}
