import { builder } from '../../../graphql/schema/builder.ts';
import { offsetDescription, resolveConnection } from '../../../graphql/schema/connection.ts';
import { selects } from '../../../graphql/schema/selection.ts';
import { viewerOf } from '../../../graphql/schema/viewer.ts';
import { orderings } from '../../../values/cursor.ts';
import { agentSource } from '../store/rows.ts';
import { Agent } from './ref.ts';

builder.node(Agent, {
  description: 'Whoever answers conversations for the organization: a bot or a team.',
  authScopes: { scope: 'conversations:read' },
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row(agentSource, id),
  fields: (t) => ({
    externalId: t.exposeString('externalId', {
      nullable: true,
      description: 'The id that the agent was created or recorded with, unique among agents; every agent has one. See `agentByExternalId`.',
    }),
    name: t.exposeString('name', { description: 'What it is called.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was first seen here.' }),
  }),
});

builder.queryField('agents', (t) =>
  t.connection(
    {
      type: Agent,
      description: 'The organization’s agents, the first added first. Scope: conversations:read.',
      authScopes: { scope: 'conversations:read' },
      args: { offset: t.arg.int({ description: offsetDescription }) },
      resolve: (_parent, args, context, info) =>
        resolveConnection(
          context,
          {
            source: agentSource,
            ordering: { mark: orderings.agentCreatedAt, descending: false },
            time: 'a.created_at',
            where: () => [],
            total: selects(info, 'totalCount') ? (_bind, filtered) => `(select count(*) ${filtered})` : null,
          },
          args,
          viewerOf(context).organizationId,
        ),
    },
    { name: 'AgentConnection', description: 'Agents, page by page.' },
    { name: 'AgentEdge', description: 'An agent and where they stand in the list.' },
  ),
);
