import { ParticipantKind } from '../../../generated/prisma/enums.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { participantSource } from '../store/rows.ts';
import { Participant } from './ref.ts';

export const KindEnum = builder.enumType('ParticipantKind', {
  description: 'What a participant is.',
  values: {
    [ParticipantKind.CONTACT]: {
      description: 'An address outside the organization: a phone number, a short code or an alphanumeric sender.',
    },
    [ParticipantKind.PERSON]: { description: 'A person of the workplace, known by an id of their own.' },
    [ParticipantKind.AGENT]: { description: 'An agent that answers for the organization.' },
    [ParticipantKind.ORGANIZATION]: { description: 'The organization itself, where nobody in particular is named.' },
  },
});

const Workplace = builder.objectRef<{ number: number; name: string }>('Workplace').implement({
  description: 'Where people of the organization work: a department, or a unit.',
  fields: (t) => ({
    number: t.expose('number', { type: 'SafeInt', description: 'The integer id, unique among departments, or among units.' }),
    name: t.exposeString('name', { description: 'What it is called.' }),
  }),
});

function workplace(name: string | null, number: number | null) {
  return name === null || number === null ? null : { name, number };
}

builder.node(Participant, {
  description: 'Somebody who writes or reacts: a contact, a person, an agent, or the organization itself.',
  authScopes: { scope: 'conversations:read' },
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row(participantSource, id),
  fields: (t) => ({
    number: t.expose('number', { type: 'SafeInt', description: 'The integer id, unique in the organization.' }),
    externalId: t.exposeString('externalId', {
      nullable: true,
      description:
        'The id of a person of the workplace in the system that their messages are recorded from; null for all others. See `participantByExternalId`.',
    }),
    participantKind: t.expose('kind', { type: KindEnum, description: 'What this participant is.' }),
    name: t.exposeString('name', { description: 'The full name; else the contact’s address, or the name of the agent or organization.' }),
    firstName: t.exposeString('firstName', { nullable: true, description: 'Null where it is not known.' }),
    lastName: t.exposeString('lastName', { nullable: true, description: 'Null where it is not known.' }),
    contactNumber: t.expose('contactNumber', {
      type: 'PhoneNumberString',
      nullable: true,
      description: 'The address of a contact; null for all others.',
    }),
    title: t.exposeString('title', { nullable: true, description: 'The position at work; null where there is none.' }),
    department: t.field({
      type: Workplace,
      nullable: true,
      description: 'The department; null where there is none.',
      resolve: ({ department, departmentNumber }) => workplace(department, departmentNumber),
    }),
    unit: t.field({
      type: Workplace,
      nullable: true,
      description: 'The unit or site; null where there is none.',
      resolve: ({ unit, unitNumber }) => workplace(unit, unitNumber),
    }),
    avatarUrl: t.expose('avatarUrl', { type: 'URL', nullable: true, description: 'A picture; null where there is none.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'The instant at which the participant was first stored here.' }),
    leftAt: t.expose('archivedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the person left; null while they are here.',
    }),
  }),
});
