import { builder } from '../../../graphql/schema/builder.ts';
import { readExternalId } from '../../../graphql/schema/external-id.ts';
import { agentByExternalId } from '../store/rows.ts';
import { Agent } from './ref.ts';

builder.queryField('agentByExternalId', (t) =>
  t.field({
    type: Agent,
    nullable: true,
    description: 'The agent with this external id; null where the organization has none. Scope: conversations:read.',
    authScopes: { scope: 'conversations:read' },
    args: {
      externalId: t.arg.string({ required: true, description: 'The id that the agent was created or recorded with: 1 to 200 characters.' }),
    },
    resolve: (_parent, { externalId }, { loaders }) => loaders.row(agentByExternalId, readExternalId(externalId)),
  }),
);
