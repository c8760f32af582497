import { ParticipantKind } from '../../../generated/prisma/enums.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { participantSource } from '../store/rows.ts';
import { Participant } from './ref.ts';

export const KindEnum = builder.enumType('ParticipantKind', {
  description: 'The kind of a participant.',
  values: {
    [ParticipantKind.CONTACT]: {
      description: 'An address outside the organization: a phone number, a short code or an alphanumeric sender.',
    },
    [ParticipantKind.PERSON]: { description: 'A person of the workplace, with an external id.' },
    [ParticipantKind.AGENT]: { description: 'A bot or a team that answers for the organization.' },
    [ParticipantKind.ORGANIZATION]: { description: 'The organization itself: the author if no person or agent is named.' },
  },
});

const Workplace = builder.objectRef<{ number: number; name: string }>('Workplace').implement({
  description: 'A department or a unit of the workplace.',
  fields: (t) => ({
    number: t.expose('number', {
      type: 'SafeInt',
      description: 'The integer id, unique among the organization’s departments or among its units.',
    }),
    name: t.exposeString('name', { description: 'The name of the department or unit.' }),
  }),
});

function workplace(name: string | null, number: number | null) {
  return name === null || number === null ? null : { name, number };
}

builder.node(Participant, {
  description: 'An author of messages or reactions: a contact, a person, an agent, or the organization itself.',
  authScopes: { scope: 'conversations:read' },
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row(participantSource, id),
  fields: (t) => ({
    number: t.expose('number', { type: 'SafeInt', description: 'The integer id, unique in the organization.' }),
    externalId: t.exposeString('externalId', {
      nullable: true,
      description:
        'The id of a person of the workplace in the system that their messages come from; null for every other kind. See `participantByExternalId`.',
    }),
    participantKind: t.expose('kind', { type: KindEnum, description: 'The kind of the participant.' }),
    name: t.exposeString('name', {
      description:
        'The display name: the full name of a person or contact, or the name of the agent or organization. A contact without a name has its address here.',
    }),
    firstName: t.exposeString('firstName', { nullable: true, description: 'The first name; null if it is unknown.' }),
    lastName: t.exposeString('lastName', { nullable: true, description: 'The last name; null if it is unknown.' }),
    contactNumber: t.expose('contactNumber', {
      type: 'PhoneNumberString',
      nullable: true,
      description: 'The address of a contact; null for every other kind.',
    }),
    title: t.exposeString('title', { nullable: true, description: 'The job title; null if there is none.' }),
    department: t.field({
      type: Workplace,
      nullable: true,
      description: 'The department of a person; null if there is none.',
      extensions: { needs: [] },
      resolve: ({ department, departmentNumber }) => workplace(department, departmentNumber),
    }),
    unit: t.field({
      type: Workplace,
      nullable: true,
      description: 'The unit or site of a person; null if there is none.',
      extensions: { needs: [] },
      resolve: ({ unit, unitNumber }) => workplace(unit, unitNumber),
    }),
    avatarUrl: t.expose('avatarUrl', { type: 'URL', nullable: true, description: 'The URL of a picture; null if there is none.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'The time at which the participant was first stored.' }),
    leftAt: t.expose('archivedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the person left the workplace; null if they did not.',
    }),
  }),
});
