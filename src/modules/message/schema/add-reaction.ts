import { builder } from '../../../graphql/schema/builder.ts';
import { existing } from '../../../graphql/schema/existing.ts';
import { change } from '../../../graphql/schema/mutation.ts';
import { readId } from '../../../graphql/schema/read-id.ts';
import { addReaction } from '../commands/add-reaction.ts';
import { readReactionInput } from '../ingest/read/read-draft.ts';
import { type MessageRow, messageSource } from '../store/rows.ts';
import { DirectionEnum } from './enums.ts';
import { AuthorInput } from './reaction-input.ts';
import { Message } from './ref.ts';

builder.relayMutationField(
  'addReaction',
  {
    description: 'How somebody reacted to a message.',
    inputFields: (t) => ({
      messageId: t.id({ required: true, description: 'Which message.' }),
      type: t.string({ required: true, description: 'What it is, an emoji or a word such as `love`: 1 to 100 characters.' }),
      author: t.field({ type: AuthorInput, description: 'The person who reacted; null: as `fromNumber` and `direction` say.' }),
      fromNumber: t.field({
        type: 'PhoneNumberString',
        description: 'The address that reacted; null: the contact’s, if the reaction is inbound.',
      }),
      direction: t.field({
        type: DirectionEnum,
        required: true,
        description: 'Which way the reaction went; outbound is the organization’s.',
      }),
      createdAt: t.field({ type: 'DateTime', required: true, description: 'When: at most one day after now.' }),
    }),
  },
  {
    description:
      'Adds a reaction to a message; the same of the same author is there once. Scope: messages:ingest, and conversations:read where the payload’s message is selected.',
    authScopes: { scope: 'messages:ingest' },
    resolve: async (_parent, { input: { messageId: id, ...reaction } }, context, info) => {
      const messageId = readId('input.messageId', 'Message', id);
      const added = await change(context, info, async (database, organizationId) =>
        addReaction(database, organizationId, messageId, readReactionInput(reaction)),
      );
      return { messageId, added };
    },
  },
  {
    description: 'A message with its reactions.',
    outputFields: (t) => ({
      message: t.field({
        type: Message,
        description: 'As it is now; one that was deleted shows no reactions. Scope: conversations:read.',
        resolve: async ({ messageId }, _args, { loaders }) => existing(await loaders.row<MessageRow>(messageSource, messageId)),
      }),
      added: t.exposeBoolean('added', { description: 'False where it was there already, or was removed at or after its `createdAt`.' }),
    }),
  },
);
