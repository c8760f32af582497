import type { RequestDatabase, Transaction } from '../../../database/database.ts';
import { differences } from '../../../database/differences.ts';
import { columns } from '../../../database/source.ts';
import { badInput, ParleyError } from '../../../errors.ts';
import type { ParticipantModel } from '../../../generated/prisma/models.ts';
import { checkUrl } from '../../../values/https-url.ts';
import { checkName } from '../../../values/name.ts';
import { writePartyEvents } from '../../event/commands/write-party-events.ts';
import { ensureWorkplaces } from './ensure-workplaces.ts';

/** An absent field stays unchanged; null clears it. Texts have 1 to 200 characters. */
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

/** Fields of people of the workplace, which contacts do not have. */
const ofPeople = ['title', 'department', 'unit', 'left'] as const;

/**
 * Changes a person or a contact, and writes an event for each of their conversations. Equal values change nothing.
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
    // Before participants are locked, as in ingestion, so that the two do not deadlock.
    await ensureWorkplaces(tx, organizationId, [{ department: department ?? null, unit: unit ?? null }]);
    const stored = await lockParticipant(tx, organizationId, id);
    if (stored.kind === 'AGENT' || stored.kind === 'ORGANIZATION') throw badInput('id', 'must be the id of a person or a contact');
    for (const field of ofPeople)
      if (stored.kind === 'CONTACT' && change[field] != null) throw badInput(field, 'only a person of the workplace has one');
    const archivedAt = left == null ? undefined : left ? (stored.archivedAt ?? new Date()) : null;
    const changes = differences(stored, { firstName, lastName, avatarUrl, title, department, unit, archivedAt });
    if (changes === null) return;
    await tx.prisma.participant.update({ where: { organizationId_id: { organizationId, id } }, data: changes, select: { id: true } });
    await writePartyEvents(tx, organizationId, { participantIds: [id], agentIds: [] });
  });
}

const fields = ['kind', 'firstName', 'lastName', 'avatarUrl', 'title', 'department', 'unit', 'archivedAt'] as const;

async function lockParticipant(tx: Transaction, organizationId: string, id: string) {
  const [participant] = await tx.query<Pick<ParticipantModel, (typeof fields)[number]>>({
    label: 'participant_lock',
    text: `select ${columns('p', fields)} from participants p where p.organization_id = $1 and p.id = $2 for no key update`,
    values: [organizationId, id],
  });
  if (participant === undefined) throw new ParleyError('NOT_FOUND', 'there is no such participant');
  return participant;
}
