import { builder } from '../../../graphql/schema/builder.ts';
import { type AgentRow, agentSource } from '../store/rows.ts';
import { Agent } from './ref.ts';

builder.node(Agent, {
  description: 'Whoever answers conversations for the organization: a bot or a team.',
  authScopes: { scope: 'conversations:read' },
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row<AgentRow>(agentSource, id),
  fields: (t) => ({
    externalId: t.exposeString('externalId', {
      nullable: true,
      description: 'The id that the agent was created or recorded with, unique among agents; every agent has one. See `agentByExternalId`.',
    }),
    name: t.exposeString('name', { description: 'What it is called.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was first seen here.' }),
  }),
});
