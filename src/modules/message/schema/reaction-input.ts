import type { Context } from '../../../graphql/context.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { messageSource } from '../store/rows.ts';
import { DirectionEnum } from './enums.ts';
import { Message } from './ref.ts';

export const AuthorInput = builder.inputType('AuthorInput', {
  description: 'A person of the workplace. They are created if the organization does not have them. Null fields remain unchanged.',
  fields: (t) => ({
    externalId: t.string({ required: true, description: 'The id of the person in the client’s system: 1 to 200 characters.' }),
    firstName: t.string({
      required: true,
      description: 'The first name, at most 200 characters, not only spaces; empty if it is unknown.',
    }),
    lastName: t.string({ required: true, description: 'The last name, at most 200 characters, not only spaces; empty if it is unknown.' }),
    title: t.string({ description: 'The job title: 1 to 200 characters, not only spaces.' }),
    avatarUrl: t.field({ type: 'URL', description: 'The URL of a picture: at most 4,096 characters.' }),
    department: t.string({ description: 'The name of the department: 1 to 200 characters, not only spaces.' }),
    unit: t.string({ description: 'The name of the unit or site: 1 to 200 characters, not only spaces.' }),
  }),
});

/** Fields of every input that names a reaction. */
export const fromNumberField = {
  type: 'PhoneNumberString',
  description: 'The address that reacted. Null: the contact’s, if the reaction is inbound.',
} as const;
export const directionField = {
  type: DirectionEnum,
  required: true,
  description: 'The direction of the reaction; outbound means that the organization reacted.',
} as const;
/** Fields of inputs that add a reaction. */
export const typeField = { required: true, description: 'The reaction, an emoji or a word such as `love`: 1 to 100 characters.' } as const;
export const createdAtField = {
  type: 'DateTime',
  required: true,
  description: 'The time of the reaction, at most one day after now.',
} as const;

/** The message in the payload of a mutation of its reactions. */
export const messageField = {
  type: Message,
  description: 'The message; a deleted one has no reactions.',
  resolve: ({ messageId }: { messageId: string }, _args: object, { loaders }: Context) => loaders.existing(messageSource, messageId),
};

export const ReactionInput = builder.inputType('ReactionInput', {
  description:
    'A reaction to a message. Its author is `author`; without it, the address `fromNumber` or the contact (inbound), or the organization (outbound).',
  fields: (t) => ({
    type: t.string(typeField),
    author: t.field({ type: AuthorInput, description: 'The person who reacted. Null: the author that `fromNumber` and `direction` name.' }),
    fromNumber: t.field(fromNumberField),
    direction: t.field(directionField),
    createdAt: t.field(createdAtField),
  }),
});
