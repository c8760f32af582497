import { maxPageSize } from '../../../graphql/limits.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { readSize } from '../../../graphql/schema/page-arguments.ts';
import { argumentsOfPayload } from '../../../graphql/schema/payload.ts';
import { Participant } from '../../participant/schema/ref.ts';
import { participantSource } from '../../participant/store/rows.ts';
import { reactionSource } from '../store/rows.ts';
import { DirectionEnum } from './enums.ts';
import { Message, Reaction } from './ref.ts';

/** The number of reactions without `first`. */
const defaultSize = 20;

function sizeOf({ first }: { first?: number | null }): number {
  return readSize({ first: first ?? defaultSize }).limit;
}

const oldestFirst = { source: reactionSource, time: 'r.created_at', descending: false, where: () => [], total: null };

builder.node(Reaction, {
  description: 'A reaction to a message. `node` no longer finds it once the reaction is removed or the message is deleted.',
  authScopes: { scope: 'conversations:read' },
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row(reactionSource, id),
  fields: (t) => ({
    number: t.expose('number', { type: 'SafeInt', description: 'The integer id, unique in the organization.' }),
    reactionType: t.exposeString('type', { description: 'The reaction itself: an emoji or a word such as `love`.' }),
    author: t.field({
      type: Participant,
      description: 'The participant who reacted.',
      resolve: ({ authorId }, _args, { loaders }) => loaders.existing(participantSource, authorId),
    }),
    fromNumber: t.expose('fromNumber', {
      type: 'PhoneNumberString',
      nullable: true,
      description: 'The address that the reaction was sent from; null if unknown.',
    }),
    direction: t.expose('direction', { type: DirectionEnum, description: 'The direction of the reaction.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'The time of the reaction.' }),
  }),
});

builder.objectField(Message, 'reactions', (t) =>
  t.field({
    type: [Reaction],
    // Like a connection, it may fail without the rest of the answer.
    nullable: true,
    description: 'The reactions to the message, oldest first. Empty if the message is deleted.',
    args: { first: t.arg.int({ description: `The number of reactions, 1 to ${maxPageSize}. Default ${defaultSize}.` }) },
    extensions: { maxItems: defaultSize, needs: [], ...argumentsOfPayload(sizeOf) },
    resolve: async ({ id }, args, { loaders }) => {
      const limit = sizeOf(args);
      const page = { limit, offset: 0, fromEnd: false, after: null, before: null };
      return (await loaders.page(oldestFirst, page, id)).rows;
    },
  }),
);
