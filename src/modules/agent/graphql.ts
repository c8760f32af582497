import { builder } from '../../graphql/builder.ts';
import { Agent } from './ref.ts';
import { type AgentRow, agentSource } from './rows.ts';

builder.node(Agent, {
  description: 'Whoever answers conversations for the organization: a bot or a team.',
  authScopes: { scope: 'conversations:read' },
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row<AgentRow>(agentSource, id),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What it is called.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was first seen here.' }),
  }),
});
