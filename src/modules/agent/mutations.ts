import { badInput } from '../../errors.ts';
import { builder } from '../../graphql/builder.ts';
import { existing } from '../../graphql/existing.ts';
import { change } from '../../graphql/mutation.ts';
import { readId } from '../../graphql/read-id.ts';
import { Conversation } from '../conversation/ref.ts';
import { type ConversationRow, conversationSource } from '../conversation/rows.ts';
import { assignAgent } from './assign.ts';
import { createAgent } from './create.ts';
import { Agent } from './ref.ts';
import { type AgentRow, agentSource } from './rows.ts';

const authScopes = { scope: 'org:admin:write' } as const;

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
    authScopes,
    resolve: (_parent, { input }, context, info) => change(context, info, (...where) => createAgent(...where, input)),
  },
  {
    description: 'An agent that is there now.',
    outputFields: (t) => ({
      agent: t.field({
        type: Agent,
        description: 'The agent. Scope: conversations:read.',
        resolve: async ({ id }, _args, { loaders }) => existing(await loaders.row<AgentRow>(agentSource, id)),
      }),
      created: t.exposeBoolean('created', { description: 'False where it was there already.' }),
    }),
  },
);

builder.relayMutationField(
  'assignAgent',
  {
    description: 'Who is to answer a conversation.',
    inputFields: (t) => ({
      conversationId: t.id({ required: true, description: 'Which conversation.' }),
      agentId: t.id({ description: 'The agent; null: nobody. It must be given.' }),
    }),
  },
  {
    description:
      'Lets an agent, or nobody, answer a conversation. Scope: org:admin:write, and conversations:read where the payload’s conversation is selected.',
    authScopes,
    resolve: async (_parent, { input }, context, info) => {
      const id = readId('input.conversationId', 'Conversation', input.conversationId);
      if (input.agentId === undefined) throw badInput('input.agentId', 'is missing: give an agent, or null for nobody');
      const agentId = input.agentId === null ? null : readId('input.agentId', 'Agent', input.agentId);
      await change(context, info, (...where) => assignAgent(...where, id, agentId));
      return { id };
    },
  },
  {
    description: 'A conversation with who answers it.',
    outputFields: (t) => ({
      conversation: t.field({
        type: Conversation,
        description: 'As it is now. Scope: conversations:read.',
        resolve: async ({ id }, _args, { loaders }) => existing(await loaders.row<ConversationRow>(conversationSource, id)),
      }),
    }),
  },
);
