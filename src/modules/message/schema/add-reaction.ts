import { builder } from '../../../graphql/schema/builder.ts';
import { change } from '../../../graphql/schema/mutation.ts';
import { addReaction } from '../commands/add-reaction.ts';
import { readReactionInput } from '../ingest/read/read-draft.ts';
import { messageSource } from '../store/rows.ts';
import { DirectionEnum } from './enums.ts';
import { AuthorInput } from './reaction-input.ts';
import { Message } from './ref.ts';

builder.relayMutationField(
  'addReaction',
  {
    description: 'Input of `addReaction`.',
    inputFields: (t) => ({
      messageId: t.globalID({ for: Message, required: true, description: 'The global id of the message.' }),
      type: t.string({ required: true, description: 'The reaction, an emoji or a word such as `love`: 1 to 100 characters.' }),
      author: t.field({
        type: AuthorInput,
        description: 'The person who reacted. Null means the author that `fromNumber` and `direction` name.',
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
      createdAt: t.field({ type: 'DateTime', required: true, description: 'The instant of the reaction: at most one day after now.' }),
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
      message: t.field({
        type: Message,
        description: 'The message; a deleted one has no reactions.',
        resolve: ({ messageId }, _args, { loaders }) => loaders.existing(messageSource, messageId),
      }),
      added: t.exposeBoolean('added', {
        description: 'False if the message has this reaction already, or if it was removed at or after its `createdAt`.',
      }),
    }),
  },
);
