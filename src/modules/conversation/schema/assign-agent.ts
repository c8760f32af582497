import { badInput } from '../../../errors.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { existing } from '../../../graphql/schema/existing.ts';
import { change } from '../../../graphql/schema/mutation.ts';
import { readId } from '../../../graphql/schema/read-id.ts';
import { assignAgent } from '../commands/assign-agent.ts';
import { conversationSource } from '../store/rows.ts';
import { Conversation } from './ref.ts';

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
    authScopes: { scope: 'org:admin:write' },
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
        resolve: async ({ id }, _args, { loaders }) => existing(await loaders.row(conversationSource, id)),
      }),
    }),
  },
);
