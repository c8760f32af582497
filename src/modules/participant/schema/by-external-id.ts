import { builder } from '../../../graphql/schema/builder.ts';
import { readExternalId } from '../../../graphql/schema/shared-arguments.ts';
import { participantByExternalId } from '../store/rows.ts';
import { Participant } from './ref.ts';

builder.queryField('participantByExternalId', (t) =>
  t.field({
    type: Participant,
    nullable: true,
    description: 'The person of the workplace with this external id; null if the organization has none.',
    authScopes: { scope: 'conversations:read' },
    args: {
      externalId: t.arg.string({
        required: true,
        description: 'The external id of the person, as given with recorded messages: 1 to 200 characters.',
      }),
    },
    resolve: (_parent, { externalId }, { loaders }) => loaders.row(participantByExternalId, readExternalId(externalId)),
  }),
);
