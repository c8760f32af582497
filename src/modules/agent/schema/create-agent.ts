import { builder } from '../../../graphql/schema/builder.ts';
import { change } from '../../../graphql/schema/mutation.ts';
import { createAgent } from '../commands/create.ts';
import { agentSource } from '../store/rows.ts';
import { Agent } from './ref.ts';

builder.relayMutationField(
  'createAgent',
  {
    description: 'Input of `createAgent`.',
    inputFields: (t) => ({
      externalId: t.string({
        required: true,
        description: 'The id of the agent in the client’s system, unique among the organization’s agents: 1 to 200 characters.',
      }),
      name: t.string({ required: true, description: 'The display name: 1 to 200 characters.' }),
    }),
  },
  {
    description: 'Adds an agent. If an agent with this external id exists, it remains unchanged, including its name.',
    authScopes: { scope: 'org:admin:write' },
    resolve: (_parent, { input }, context, info) =>
      change(context, info, (database, organizationId) => createAgent(database, organizationId, input)),
  },
  {
    description: 'Payload of `createAgent`.',
    outputFields: (t) => ({
      agent: t.field({
        type: Agent,
        description: 'The agent with this external id.',
        resolve: ({ id }, _args, { loaders }) => loaders.existing(agentSource, id),
      }),
      created: t.exposeBoolean('created', { description: 'True if the agent is new; false if it already existed.' }),
    }),
  },
);
