import type { RequestDatabase, Transaction } from '../../../database/database.ts';
import { badInput, ParleyError } from '../../../errors.ts';
import type { ParticipantKind } from '../../../generated/prisma/enums.ts';
import { checkUrl } from '../../../values/check-url.ts';
import { checkName } from '../../../values/name.ts';
import { writePartyEvents } from '../../event/commands/write-party-events.ts';
import { ensureWorkplaces } from './ensure-workplaces.ts';

/** What is absent stays as it is; null clears. Texts have 1 to 200 characters. */
interface ParticipantChange {
  firstName?: string | null;
  lastName?: string | null;
  /** https, at most 4,096 characters. */
  avatarUrl?: string | null;
  title?: string | null;
  department?: string | null;
  unit?: string | null;
  left?: boolean | null;
}

/** What only people of the workplace have. */
const ofPeople = ['title', 'department', 'unit', 'left'] as const;

/**
 * Changes what is known of a person or of a contact; as it is already: changes nothing. Told of each conversation that they take part in.
 * @throws BAD_USER_INPUT, NOT_FOUND
 */
export async function updateParticipant(
  database: RequestDatabase,
  organizationId: string,
  id: string,
  change: ParticipantChange,
): Promise<void> {
  const { firstName, lastName, avatarUrl, title, department, unit, left } = change;
  for (const [field, text] of Object.entries({ firstName, lastName, title, department, unit })) if (text != null) checkName(field, text);
  if (avatarUrl != null) checkUrl('avatarUrl', avatarUrl);
  await database.transaction(async (tx) => {
    // Before any participant, as ingestion does.
    await ensureWorkplaces(tx, organizationId, [{ department: department ?? null, unit: unit ?? null }]);
    const { kind, archivedAt } = await lockParticipant(tx, organizationId, id);
    if (kind === 'AGENT' || kind === 'ORGANIZATION')
      throw badInput('id', 'is neither a person nor a contact: nothing of it can be changed here');
    for (const field of ofPeople)
      if (kind === 'CONTACT' && change[field] != null) throw badInput(field, 'only a person of the workplace has one');
    const changed = await setColumns(tx, organizationId, id, {
      first_name: firstName,
      last_name: lastName,
      avatar_url: avatarUrl,
      title,
      department,
      unit,
      archived_at: left == null ? undefined : left ? (archivedAt ?? new Date()) : null,
    });
    if (changed) await writePartyEvents(tx, organizationId, { participantIds: [id], agentIds: [] });
  });
}

async function lockParticipant(tx: Transaction, organizationId: string, id: string) {
  const [participant] = await tx.query<{ kind: ParticipantKind; archivedAt: Date | null }>({
    label: 'participant_lock',
    text: `select kind, archived_at as "archivedAt" from participants where organization_id = $1 and id = $2 for no key update`,
    values: [organizationId, id],
  });
  if (participant === undefined) throw new ParleyError('NOT_FOUND', 'there is no such participant');
  return participant;
}

type Column = 'first_name' | 'last_name' | 'avatar_url' | 'title' | 'department' | 'unit' | 'archived_at';

/** Undefined: not asked for. @returns whether anything changed */
async function setColumns(
  tx: Transaction,
  organizationId: string,
  id: string,
  wanted: Readonly<Record<Column, string | Date | null | undefined>>,
): Promise<boolean> {
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined);
  if (given.length === 0) return false;
  const places = given.map((_, index) => `$${index + 3}`);
  const rows = await tx.query({
    label: 'participant_set',
    shaped: true,
    text: `update participants p set ${given.map(([name], index) => `${name} = ${places[index]}`).join(', ')}
      where p.organization_id = $1 and p.id = $2 and (${given.map(([name]) => `p.${name}`).join(', ')}) is distinct from (${places.join(', ')})
      returning p.id`,
    values: [organizationId, id, ...given.map(([, value]) => value)],
  });
  return rows.length > 0;
}
