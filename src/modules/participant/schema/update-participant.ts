import { builder } from '../../../graphql/schema/builder.ts';
import { change } from '../../../graphql/schema/mutation.ts';
import { updateParticipant } from '../commands/update.ts';
import { participantSource } from '../store/rows.ts';
import { Participant } from './ref.ts';

const ofPerson = 'Of a person only: 1 to 200 characters. Null clears it.';

builder.relayMutationField(
  'updateParticipant',
  {
    description: 'Input of `updateParticipant`. Absent fields remain unchanged.',
    inputFields: (t) => ({
      id: t.globalID({
        for: Participant,
        required: true,
        description: 'The global id of a person or a contact. An agent and the organization cannot be changed here.',
      }),
      firstName: t.string({ description: 'The first name: 1 to 200 characters. Null clears it.' }),
      lastName: t.string({ description: 'The last name: 1 to 200 characters. Null clears it.' }),
      avatarUrl: t.field({ type: 'URL', description: 'The URL of a picture: at most 4,096 characters. Null clears it.' }),
      title: t.string({ description: `The job title. ${ofPerson}` }),
      department: t.string({ description: `The name of the department, which is created if it is new. ${ofPerson}` }),
      unit: t.string({ description: `The name of the unit or site, which is created if it is new. ${ofPerson}` }),
      left: t.boolean({ description: 'Of a person only: true if they left the workplace, false if they did not. Null: unchanged.' }),
    }),
  },
  {
    description: 'Changes the stored data of a person or a contact. A message recorded later with data of the person may change it again.',
    authScopes: { scope: 'org:admin:write' },
    resolve: async (_parent, { input }, context, info) => {
      const {
        id: { id },
        ...changes
      } = input;
      await change(context, info, (database, organizationId) => updateParticipant(database, organizationId, id, changes));
      return { id };
    },
  },
  {
    description: 'Payload of `updateParticipant`.',
    outputFields: (t) => ({
      participant: t.field({
        type: Participant,
        description: 'The participant after the change.',
        resolve: ({ id }, _args, { loaders }) => loaders.existing(participantSource, id),
      }),
    }),
  },
);
