import { builder } from '../../../graphql/schema/builder.ts';
import { existing } from '../../../graphql/schema/existing.ts';
import { change } from '../../../graphql/schema/mutation.ts';
import { createAgent } from '../commands/create.ts';
import { agentSource } from '../store/rows.ts';
import { Agent } from './ref.ts';

builder.relayMutationField(
  'createAgent',
  {
    description: 'A bot or a team that is to answer conversations.',
    inputFields: (t) => ({
      externalId: t.string({ required: true, description: 'What it is known by outside, unique among agents: 1 to 200 characters.' }),
      name: t.string({ required: true, description: 'What it is called: 1 to 200 characters.' }),
    }),
  },
  {
    description:
      'Adds an agent. One that is there already by its external id stays as it is, its name too. Scope: org:admin:write, and conversations:read where the payload’s agent is selected.',
    authScopes: { scope: 'org:admin:write' },
    resolve: (_parent, { input }, context, info) => change(context, info, (...where) => createAgent(...where, input)),
  },
  {
    description: 'An agent that is there now.',
    outputFields: (t) => ({
      agent: t.field({
        type: Agent,
        description: 'The agent. Scope: conversations:read.',
        resolve: async ({ id }, _args, { loaders }) => existing(await loaders.row(agentSource, id)),
      }),
      created: t.exposeBoolean('created', { description: 'False where it was there already.' }),
    }),
  },
);
