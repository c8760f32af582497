import { maxPageSize } from '../../../graphql/limits.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { argumentsOfPayload } from '../../../graphql/schema/check-payload.ts';
import { readSize } from '../../../graphql/schema/connection.ts';
import { existing } from '../../../graphql/schema/existing.ts';
import { Participant } from '../../participant/schema/ref.ts';
import { participantSource } from '../../participant/store/rows.ts';
import { reactionSource } from '../store/rows.ts';
import { DirectionEnum } from './enums.ts';
import { Message, Reaction } from './ref.ts';

/** Reactions that are shown unless more are asked for. */
const defaultSize = 20;

function sizeOf({ first }: { first?: number | null }): number {
  return readSize({ first: first ?? defaultSize }).limit;
}

const oldestFirst = { source: reactionSource, time: 'r.created_at', descending: false, where: () => [], total: null };

builder.node(Reaction, {
  description:
    'How somebody reacted to a message. Its id finds nothing once the reaction is removed or the message is deleted. Scope: conversations:read.',
  authScopes: { scope: 'conversations:read' },
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row(reactionSource, id),
  fields: (t) => ({
    number: t.expose('number', { type: 'SafeInt', description: 'The integer id, unique in the organization.' }),
    reactionType: t.exposeString('type', { description: 'What it is: an emoji or a word such as `love`.' }),
    author: t.field({
      type: Participant,
      description: 'Who reacted.',
      resolve: async ({ authorId }, _args, { loaders }) => existing(await loaders.row(participantSource, authorId)),
    }),
    fromNumber: t.expose('fromNumber', {
      type: 'PhoneNumberString',
      nullable: true,
      description: 'The address that reacted; null where none is known.',
    }),
    direction: t.expose('direction', { type: DirectionEnum, description: 'Which way the reaction went.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When.' }),
  }),
});

builder.objectField(Message, 'reactions', (t) =>
  t.field({
    type: [Reaction],
    // As a connection: it may fail alone.
    nullable: true,
    description: 'How others reacted, the oldest first; empty once it is deleted.',
    args: { first: t.arg.int({ description: `How many, 1 to ${maxPageSize}; ${defaultSize} unless given.` }) },
    extensions: { maxItems: defaultSize, ...argumentsOfPayload(sizeOf) },
    resolve: async ({ id }, args, { loaders }) => {
      const limit = sizeOf(args);
      const page = { limit, offset: 0, fromEnd: false, after: null, before: null };
      return (await loaders.page(oldestFirst, page, id)).rows;
    },
  }),
);
