import { builder } from '../../../graphql/schema/builder.ts';
import { change } from '../../../graphql/schema/mutation.ts';
import { addReaction } from '../commands/add-reaction.ts';
import { readReactionInput } from '../ingest/read/read-draft.ts';
import { AuthorInput, createdAtField, directionField, fromNumberField, messageField, typeField } from './reaction-input.ts';
import { Message } from './ref.ts';

builder.relayMutationField(
  'addReaction',
  {
    description: 'Input of `addReaction`.',
    inputFields: (t) => ({
      messageId: t.globalID({ for: Message, required: true, description: 'The global id of the message.' }),
      type: t.string(typeField),
      author: t.field({
        type: AuthorInput,
        description: 'The person who reacted. Null: the author that `fromNumber` and `direction` name.',
      }),
      fromNumber: t.field(fromNumberField),
      direction: t.field(directionField),
      createdAt: t.field(createdAtField),
    }),
  },
  {
    description: 'Adds a reaction to a message. An author has one reaction of a type on a message: a second one is skipped.',
    authScopes: { scope: 'messages:ingest' },
    resolve: async (
      _parent,
      {
        input: {
          messageId: { id: messageId },
          ...reaction
        },
      },
      context,
      info,
    ) => {
      const added = await change(context, info, async (database, organizationId) =>
        addReaction(database, organizationId, messageId, readReactionInput(reaction)),
      );
      return { messageId, added };
    },
  },
  {
    description: 'Payload of `addReaction`.',
    outputFields: (t) => ({
      message: t.field(messageField),
      added: t.exposeBoolean('added', {
        description: 'True if the reaction is new; false if the message already had it, or if it was removed at or after `createdAt`.',
      }),
    }),
  },
);
