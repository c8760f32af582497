import type { Transaction } from '../../../../database/database.ts';
import { ensureRows, mustGet } from '../../../../database/ensure-rows.ts';
import type { PersonDraft } from '../read/reaction-draft.ts';
import type { Party } from './party.ts';

/** Finds or creates participants. @param agentIds by external id, of every agent among the parties. @returns the participants' ids by party key */
export function ensureParticipants(
  tx: Transaction,
  organizationId: string,
  parties: ReadonlyMap<string, Party>,
  agentIds: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  return ensureRows(
    parties.keys(),
    (keys) =>
      findParticipants(
        tx,
        organizationId,
        keys.map((key) => mustGet(parties, key)),
      ),
    (rows) =>
      tx.query({
        label: 'ingest_add_participants',
        text: `insert into participants (organization_id, id, number, kind, contact_number, external_id, agent_id, first_name, last_name, title, avatar_url, department, unit)
          select $1, x.id, next_number($1), x.kind, x.contact_number, x.external_id, x.agent_id, ${detailColumns.map((column) => `x.${column}`).join(', ')}
          from jsonb_to_recordset($2::jsonb) as x (id uuid, kind participant_kind, contact_number text, external_id text, agent_id uuid, ${detailTypes})
          on conflict do nothing returning id`,
        values: [organizationId, JSON.stringify(rows.map(({ key, id }) => participantRow(id, mustGet(parties, key), agentIds)))],
      }),
  );
}

/** Returns the ids of the parties that are stored as participants, by party key; the organization's own participant is always included. */
export function findParticipants(
  tx: Transaction,
  organizationId: string,
  parties: readonly Pick<Party, 'kind' | 'name'>[],
): Promise<{ key: string; id: string }[]> {
  const names = (kind: Party['kind']) => parties.filter((party) => party.kind === kind).map(({ name }) => name);
  return tx.query({
    label: 'ingest_find_participants',
    text: `select 'CONTACT ' || contact_number as key, id from participants where organization_id = $1 and contact_number = any($2::text[])
      union all select 'PERSON ' || external_id, id from participants where organization_id = $1 and external_id = any($3::text[])
      union all select 'AGENT ' || a.external_id, p.id from agents a
        join participants p on p.organization_id = $1 and p.agent_id = a.id
        where a.organization_id = $1 and a.external_id = any($4::text[])
      union all select 'ORGANIZATION ', id from participants where organization_id = $1 and kind = 'ORGANIZATION'`,
    values: [organizationId, names('CONTACT'), names('PERSON'), names('AGENT')],
  });
}

function participantRow(id: string, party: Party, agentIds: ReadonlyMap<string, string>) {
  switch (party.kind) {
    case 'CONTACT':
      return { id, kind: party.kind, contact_number: party.name };
    case 'PERSON':
      return { id, kind: party.kind, external_id: party.name, ...detailsRow(party.details) };
    case 'AGENT':
      return { id, kind: party.kind, agent_id: mustGet(agentIds, party.name) };
    case 'ORGANIZATION':
      return { id, kind: party.kind };
  }
}

const detailColumns = ['first_name', 'last_name', 'title', 'avatar_url', 'department', 'unit'] as const;
const detailTypes = detailColumns.map((column) => `${column} text`).join(', ');

function detailsRow({ firstName, lastName, title, avatarUrl, department, unit }: PersonDraft) {
  return { first_name: firstName, last_name: lastName, title, avatar_url: avatarUrl, department, unit };
}

/** Gives people the details of newly recorded lines; details that a line leaves out stay unchanged. @param details by participant id. @returns the ids of the changed people */
export async function updatePeople(tx: Transaction, organizationId: string, details: ReadonlyMap<string, PersonDraft>): Promise<string[]> {
  if (details.size === 0) return [];
  const latest = detailColumns.map((column) => `coalesce(x.${column}, p.${column}) as ${column}`).join(', ');
  const current = detailColumns.map((column) => `p.${column}`).join(', ');
  const changed = detailColumns.map((column) => `coalesce(x.${column}, p.${column})`).join(', ');
  const rows = await tx.query<{ id: string }>({
    label: 'ingest_update_people',
    // Every writer locks in the order of ids, so that two writers do not deadlock.
    text: `with locked as (
        select p.id, ${latest} from participants p join jsonb_to_recordset($2::jsonb) as x (id uuid, ${detailTypes}) on x.id = p.id
        where p.organization_id = $1 and (${current}) is distinct from (${changed}) order by p.id for no key update of p)
      update participants p set ${detailColumns.map((column) => `${column} = locked.${column}`).join(', ')}
      from locked where p.organization_id = $1 and p.id = locked.id returning p.id`,
    values: [organizationId, JSON.stringify([...details].map(([id, author]) => ({ id, ...detailsRow(author) })))],
  });
  return rows.map(({ id }) => id);
}
