import type { Transaction } from '../../../database/database.ts';

/** Adds the departments and units that are not stored yet. Every writer inserts them in the order of names, so that two writers do not deadlock. */
export async function ensureWorkplaces(
  tx: Transaction,
  organizationId: string,
  people: readonly { department?: string | null; unit?: string | null }[],
): Promise<void> {
  await ensureNames(tx, organizationId, 'departments', new Set(people.flatMap(({ department }) => department ?? [])));
  await ensureNames(tx, organizationId, 'units', new Set(people.flatMap(({ unit }) => unit ?? [])));
}

async function ensureNames(
  tx: Transaction,
  organizationId: string,
  table: 'departments' | 'units',
  names: ReadonlySet<string>,
): Promise<void> {
  if (names.size === 0) return;
  await tx.query({
    label: `ingest_add_${table}`,
    text: `insert into ${table} (organization_id, name, number) select $1, x.name, next_number($1) from unnest($2::text[]) as x (name)
      where not exists (select from ${table} t where t.organization_id = $1 and t.name = x.name)
      order by x.name collate "C" on conflict do nothing`,
    values: [organizationId, [...names]],
  });
}
