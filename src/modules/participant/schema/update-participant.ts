import { builder } from '../../../graphql/schema/builder.ts';
import { existing } from '../../../graphql/schema/existing.ts';
import { change } from '../../../graphql/schema/mutation.ts';
import { readId } from '../../../graphql/schema/read-id.ts';
import { updateParticipant } from '../commands/update.ts';
import { participantSource } from '../store/rows.ts';
import { Participant } from './ref.ts';

const ofPerson = 'Of a person only: 1 to 200 characters; null clears it.';

builder.relayMutationField(
  'updateParticipant',
  {
    description: 'What to change of a person or a contact; what is absent stays as it is.',
    inputFields: (t) => ({
      id: t.id({ required: true, description: 'Which participant; an agent and the organization have nothing to change here.' }),
      firstName: t.string({ description: '1 to 200 characters; null clears it.' }),
      lastName: t.string({ description: '1 to 200 characters; null clears it.' }),
      avatarUrl: t.field({ type: 'URL', description: 'A picture, at most 4,096 characters; null clears it.' }),
      title: t.string({ description: `The position at work. ${ofPerson}` }),
      department: t.string({ description: `The department’s name; made where there is none. ${ofPerson}` }),
      unit: t.string({ description: `The name of the unit or site; made where there is none. ${ofPerson}` }),
      left: t.boolean({ description: 'Of a person only: whether they left; null: as it is.' }),
    }),
  },
  {
    description:
      'Changes what is known of a person or a contact. A later message that tells of the person may change it again. Scope: org:admin:write, and conversations:read where the payload’s participant is selected.',
    authScopes: { scope: 'org:admin:write' },
    resolve: async (_parent, { input }, context, info) => {
      const { id: globalId, ...wanted } = input;
      const id = readId('input.id', 'Participant', globalId);
      await change(context, info, (...where) => updateParticipant(...where, id, wanted));
      return { id };
    },
  },
  {
    description: 'A participant after a change.',
    outputFields: (t) => ({
      participant: t.field({
        type: Participant,
        description: 'As they are now. Scope: conversations:read.',
        resolve: async ({ id }, _args, { loaders }) => existing(await loaders.row(participantSource, id)),
      }),
    }),
  },
);
