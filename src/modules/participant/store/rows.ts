import { columns, source } from '../../../database/source.ts';
import type { ParticipantModel } from '../../../generated/prisma/models.ts';

const fields = [
  'id',
  'number',
  'externalId',
  'kind',
  'contactNumber',
  'firstName',
  'lastName',
  'title',
  'avatarUrl',
  'department',
  'unit',
  'createdAt',
  'archivedAt',
] as const;

/** A participant: a person, a contact, an agent or the organization. `name` is never empty: the person's, else the contact's address, the agent's or the organization's name. */
export type ParticipantRow = Omit<Pick<ParticipantModel, (typeof fields)[number]>, 'number'> & {
  number: number;
  name: string;
  departmentNumber: number | null;
  unitNumber: number | null;
};

/** The name, as SQL over `participantSource`. */
export const participantName = `coalesce(nullif(concat_ws(' ', p.first_name, p.last_name), ''), p.contact_number, a.name, o.name)`;
const selectList = `${columns('p', fields)}, ${participantName} as "name",
  d.number as "departmentNumber", u.number as "unitNumber"`;
const joins = `join organizations o on o.id = $1
  left join agents a on a.organization_id = $1 and a.id = p.agent_id
  left join departments d on d.organization_id = $1 and d.name = p.department
  left join units u on u.organization_id = $1 and u.name = p.unit`;

export const participantSource = source<ParticipantRow>({
  label: 'participants',
  columns: selectList,
  from: `participants p ${joins}`,
  organization: 'p.organization_id',
  key: 'p.id',
});

export const participantByExternalId = { ...participantSource, key: 'p.external_id', keyType: 'text' } as const;

/** Participants as the list of their organization. */
export const participantsOfOrganization = { ...participantSource, parent: 'p.organization_id', id: 'p.id' };

/** Participants as the list of a conversation that they write in. */
export const participantsOfConversation = source<ParticipantRow>({
  label: 'conversation_participants',
  columns: selectList,
  from: `conversation_participants j join participants p on p.organization_id = $1 and p.id = j.participant_id ${joins}`,
  organization: 'j.organization_id',
  parent: 'j.conversation_id',
  id: 'j.participant_id',
});
