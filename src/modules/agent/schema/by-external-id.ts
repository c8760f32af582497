import { builder } from '../../../graphql/schema/builder.ts';
import { readExternalId } from '../../../graphql/schema/shared-arguments.ts';
import { agentByExternalId } from '../store/rows.ts';
import { Agent } from './ref.ts';

builder.queryField('agentByExternalId', (t) =>
  t.field({
    type: Agent,
    nullable: true,
    description: 'The agent with this external id; null if the organization has none.',
    authScopes: { scope: 'conversations:read' },
    args: {
      externalId: t.arg.string({
        required: true,
        description: 'The external id of the agent, as given to `createAgent` or with a recorded message: 1 to 200 characters.',
      }),
    },
    resolve: (_parent, { externalId }, { loaders }) => loaders.row(agentByExternalId, readExternalId(externalId)),
  }),
);
