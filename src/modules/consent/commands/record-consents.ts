import type { Transaction } from '../../../database/database.ts';

export interface ConsentAnswer {
  phoneNumberId: string;
  contactNumber: string;
  optedIn: boolean;
  /** The time of the answer, as ISO text in UTC. */
  at: string;
}

interface Row {
  phone_number_id: string;
  contact_number: string;
  opted_in_at: string | null;
  opted_out_at: string | null;
}

/** Stores the time of the latest yes and of the latest no. If both have the same time, the no counts. @returns the changed pairs of number and contact */
export async function recordConsents(
  tx: Transaction,
  organizationId: string,
  answers: readonly ConsentAnswer[],
): Promise<Pick<ConsentAnswer, 'phoneNumberId' | 'contactNumber'>[]> {
  if (answers.length === 0) return [];
  return tx.query({
    label: 'ingest_record_consents',
    text: `insert into consents as c (organization_id, phone_number_id, contact_number, opted_in, opted_in_at, opted_out_at)
      select $1, x.phone_number_id, x.contact_number, x.opted_in_at is not null and (x.opted_out_at is null or x.opted_in_at > x.opted_out_at),
        x.opted_in_at, x.opted_out_at
      from jsonb_to_recordset($2::jsonb) as x (phone_number_id uuid, contact_number text, opted_in_at timestamptz, opted_out_at timestamptz)
      order by x.phone_number_id, x.contact_number
      on conflict (organization_id, phone_number_id, contact_number) do update set
        opted_in_at = greatest(c.opted_in_at, excluded.opted_in_at), opted_out_at = greatest(c.opted_out_at, excluded.opted_out_at),
        opted_in = coalesce(greatest(c.opted_in_at, excluded.opted_in_at) > greatest(c.opted_out_at, excluded.opted_out_at),
          greatest(c.opted_in_at, excluded.opted_in_at) is not null)
      where (greatest(c.opted_in_at, excluded.opted_in_at), greatest(c.opted_out_at, excluded.opted_out_at))
        is distinct from (c.opted_in_at, c.opted_out_at)
      returning phone_number_id as "phoneNumberId", contact_number as "contactNumber"`,
    values: [organizationId, JSON.stringify(latestAnswers(answers))],
  });
}

function latestAnswers(answers: readonly ConsentAnswer[]): Row[] {
  const rows = new Map<string, Row>();
  for (const { phoneNumberId, contactNumber, optedIn, at } of answers) {
    const key = `${phoneNumberId} ${contactNumber}`;
    const row = rows.get(key) ?? { phone_number_id: phoneNumberId, contact_number: contactNumber, opted_in_at: null, opted_out_at: null };
    const column = optedIn ? 'opted_in_at' : 'opted_out_at';
    // ISO times in UTC sort as text.
    if (row[column] === null || at > row[column]) row[column] = at;
    rows.set(key, row);
  }
  return [...rows.values()];
}
