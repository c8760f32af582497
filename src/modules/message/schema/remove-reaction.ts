import { builder } from '../../../graphql/schema/builder.ts';
import { change } from '../../../graphql/schema/mutation.ts';
import { removeReaction } from '../commands/remove-reaction.ts';
import { readRemovalInput } from '../ingest/read/read-draft.ts';
import { messageSource } from '../store/rows.ts';
import { DirectionEnum } from './enums.ts';
import { Message } from './ref.ts';

builder.relayMutationField(
  'removeReaction',
  {
    description:
      'Input of `removeReaction`: the message, type and author of the reaction, as in `AddReactionInput`, and the instant of its removal.',
    inputFields: (t) => ({
      messageId: t.globalID({ for: Message, required: true, description: 'The global id of the message.' }),
      type: t.string({ required: true, description: 'The `reactionType` of the reaction: 1 to 100 characters.' }),
      authorExternalId: t.string({
        description:
          'The external id of the person who reacted, 1 to 200 characters. Null means the author that `fromNumber` and `direction` name.',
      }),
      fromNumber: t.field({
        type: 'PhoneNumberString',
        description: 'The address that reacted. Null means the contact’s, if the reaction is inbound.',
      }),
      direction: t.field({
        type: DirectionEnum,
        required: true,
        description: 'The direction of the reaction; outbound means that the organization reacted.',
      }),
      removedAt: t.field({
        type: 'DateTime',
        required: true,
        description: 'The instant of the removal. A reaction that was made later stays.',
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
      message: t.field({
        type: Message,
        description: 'The message; a deleted one has no reactions.',
        resolve: ({ messageId }, _args, { loaders }) => loaders.existing(messageSource, messageId),
      }),
      removed: t.exposeBoolean('removed', {
        description:
          'True if the message had this reaction. The removal is stored in any case: a reaction from before it that arrives later is not added.',
      }),
    }),
  },
);
