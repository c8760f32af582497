import type { Transaction } from '../../../../database/database.ts';
import { ensureRows } from '../../../../database/ensure-rows.ts';

/** Finds or creates the organization's phone numbers. @returns their ids by E.164 */
export function ensurePhoneNumbers(tx: Transaction, organizationId: string, numbers: Iterable<string>): Promise<Map<string, string>> {
  return ensureRows(
    numbers,
    (keys) =>
      tx.query({
        label: 'ingest_find_phone_numbers',
        text: 'select number as key, id from phone_numbers where organization_id = $1 and number = any($2::text[])',
        values: [organizationId, keys],
      }),
    (rows) =>
      tx.query({
        label: 'ingest_add_phone_numbers',
        text: `insert into phone_numbers (organization_id, id, number)
          select $1, x.id, x.key from jsonb_to_recordset($2::jsonb) as x (id uuid, key text)
          on conflict (organization_id, number) do nothing returning id`,
        values: [organizationId, JSON.stringify(rows)],
      }),
  );
}
