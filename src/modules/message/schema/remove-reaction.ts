import { builder } from '../../../graphql/schema/builder.ts';
import { change } from '../../../graphql/schema/mutation.ts';
import { removeReaction } from '../commands/remove-reaction.ts';
import { readRemovalInput } from '../ingest/read/read-draft.ts';
import { directionField, fromNumberField, messageField } from './reaction-input.ts';
import { Message } from './ref.ts';

builder.relayMutationField(
  'removeReaction',
  {
    description:
      'Input of `removeReaction`: the message, type and author of the reaction, as in `AddReactionInput`, and the time of its removal.',
    inputFields: (t) => ({
      messageId: t.globalID({ for: Message, required: true, description: 'The global id of the message.' }),
      type: t.string({ required: true, description: 'The `reactionType` of the reaction: 1 to 100 characters.' }),
      authorExternalId: t.string({
        description:
          'The external id of the person who reacted, 1 to 200 characters. Null: the author that `fromNumber` and `direction` name.',
      }),
      fromNumber: t.field(fromNumberField),
      direction: t.field(directionField),
      removedAt: t.field({
        type: 'DateTime',
        required: true,
        description: 'The time of the removal. A reaction that was made later remains.',
      }),
    }),
  },
  {
    description:
      'Removes a reaction from a message. Recording the message a second time does not bring the reaction back; `addReaction` with a later `createdAt` does.',
    authScopes: { scope: 'messages:ingest' },
    resolve: async (
      _parent,
      {
        input: {
          messageId: { id: messageId },
          ...removal
        },
      },
      context,
      info,
    ) => {
      const removed = await change(context, info, async (database, organizationId) =>
        removeReaction(database, organizationId, messageId, readRemovalInput(removal)),
      );
      return { messageId, removed };
    },
  },
  {
    description: 'Payload of `removeReaction`.',
    outputFields: (t) => ({
      message: t.field(messageField),
      removed: t.exposeBoolean('removed', {
        description:
          'True if the message had this reaction. The removal is stored in any case: if an earlier reaction arrives later, it is not added.',
      }),
    }),
  },
);
