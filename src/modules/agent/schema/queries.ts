import { countAll } from '../../../database/count.ts';
import { viewerOf } from '../../../graphql/schema/authorization.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { resolveConnection, selects } from '../../../graphql/schema/connection.ts';
import { offsetDescription } from '../../../graphql/schema/page-arguments.ts';
import { orderings } from '../../../values/cursor.ts';
import { agentSource } from '../store/rows.ts';
import { Agent } from './ref.ts';

builder.queryField('agents', (t) =>
  t.connection(
    {
      type: Agent,
      description: 'The organization’s agents, oldest first.',
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
            total: selects(info, 'totalCount') ? countAll : null,
          },
          args,
          viewerOf(context).organizationId,
        ),
    },
    { name: 'AgentConnection', description: 'A page of agents.' },
    { name: 'AgentEdge', description: 'An agent and its cursor.' },
  ),
);
