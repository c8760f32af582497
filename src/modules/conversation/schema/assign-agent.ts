import { badInput } from '../../../errors.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { change } from '../../../graphql/schema/mutation.ts';
import { Agent } from '../../agent/schema/ref.ts';
import { assignAgent } from '../commands/assign-agent.ts';
import { conversationSource } from '../store/rows.ts';
import { Conversation } from './ref.ts';

builder.relayMutationField(
  'assignAgent',
  {
    description: 'Input of `assignAgent`.',
    inputFields: (t) => ({
      conversationId: t.globalID({ for: Conversation, required: true, description: 'The global id of the conversation.' }),
      agentId: t.globalID({ for: Agent, description: 'The global id of the agent. Null: no agent. The field must be given.' }),
    }),
  },
  {
    description: 'Assigns an agent to a conversation, or removes the assignment.',
    authScopes: { scope: 'org:admin:write' },
    resolve: async (_parent, { input: { conversationId, agentId } }, context, info) => {
      if (agentId === undefined) throw badInput('input.agentId', 'is missing: give the id of an agent, or null for no agent');
      await change(context, info, (database, organizationId) =>
        assignAgent(database, organizationId, conversationId.id, agentId?.id ?? null),
      );
      return conversationId;
    },
  },
  {
    description: 'Payload of `assignAgent`.',
    outputFields: (t) => ({
      conversation: t.field({
        type: Conversation,
        description: 'The conversation after the change.',
        resolve: ({ id }, _args, { loaders }) => loaders.existing(conversationSource, id),
      }),
    }),
  },
);
