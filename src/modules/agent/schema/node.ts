import { builder } from '../../../graphql/schema/builder.ts';
import { agentSource } from '../store/rows.ts';
import { Agent } from './ref.ts';

builder.node(Agent, {
  description: 'A bot or a team that answers conversations for the organization.',
  authScopes: { scope: 'conversations:read' },
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row(agentSource, id),
  fields: (t) => ({
    externalId: t.exposeString('externalId', {
      nullable: true,
      description:
        'The id of the agent in the client’s system, unique among the organization’s agents. Every agent has one. See `agentByExternalId`.',
    }),
    name: t.exposeString('name', { description: 'The display name.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'The time at which the agent was first stored.' }),
  }),
});
