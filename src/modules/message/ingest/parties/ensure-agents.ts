import type { Transaction } from '../../../../database/database.ts';
import { ensureRows, mustGet } from '../../../../database/ensure-rows.ts';

/** Finds or creates agents; a stored one keeps its name. @param names by external id. @returns ids by external id */
export function ensureAgents(tx: Transaction, organizationId: string, names: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  return ensureRows(
    names.keys(),
    (keys) =>
      tx.query({
        label: 'ingest_find_agents',
        text: 'select external_id as key, id from agents where organization_id = $1 and external_id = any($2::text[])',
        values: [organizationId, keys],
      }),
    (rows) =>
      tx.query({
        label: 'ingest_add_agents',
        text: `insert into agents (organization_id, id, external_id, name)
          select $1, x.id, x.key, x.name from jsonb_to_recordset($2::jsonb) as x (id uuid, key text, name text)
          on conflict (organization_id, external_id) do nothing returning id`,
        values: [organizationId, JSON.stringify(rows.map((row) => ({ ...row, name: mustGet(names, row.key) })))],
      }),
  );
}

/** Gives agents the names of newly recorded lines. @param names by agent id. @returns the ids of the agents with another name */
export async function renameAgents(tx: Transaction, organizationId: string, names: ReadonlyMap<string, string>): Promise<string[]> {
  if (names.size === 0) return [];
  const renamed = await tx.query<{ id: string }>({
    label: 'ingest_rename_agents',
    // Every writer locks in the order of ids, so that two writers do not deadlock.
    text: `with locked as (
        select a.id, x.name from agents a join jsonb_to_recordset($2::jsonb) as x (id uuid, name text) on x.id = a.id
        where a.organization_id = $1 and a.name <> x.name order by a.id for no key update of a)
      update agents a set name = locked.name from locked where a.organization_id = $1 and a.id = locked.id returning a.id`,
    values: [organizationId, JSON.stringify([...names].map(([id, name]) => ({ id, name })))],
  });
  return renamed.map(({ id }) => id);
}
