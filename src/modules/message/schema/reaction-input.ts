import { builder } from '../../../graphql/schema/builder.ts';
import { DirectionEnum } from './enums.ts';

export const AuthorInput = builder.inputType('AuthorInput', {
  description: 'A person of the workplace, made where they are not known yet; what is null stays as it is.',
  fields: (t) => ({
    externalId: t.string({ required: true, description: 'What they are known by outside: 1 to 200 characters.' }),
    firstName: t.string({ required: true, description: 'Up to 200 characters.' }),
    lastName: t.string({ required: true, description: 'Up to 200 characters.' }),
    title: t.string({ description: 'The position at work, up to 200 characters.' }),
    avatarUrl: t.field({ type: 'URL', description: 'A picture: up to 4,096 characters.' }),
    department: t.string({ description: 'The department’s name, up to 200 characters.' }),
    unit: t.string({ description: 'The name of the unit or site, up to 200 characters.' }),
  }),
});

export const ReactionInput = builder.inputType('ReactionInput', {
  description: 'How somebody reacted to a message: the person, else (inbound) the number or the contact, else (outbound) the organization.',
  fields: (t) => ({
    type: t.string({ required: true, description: 'What it is, an emoji or a word such as `love`: 1 to 100 characters.' }),
    author: t.field({ type: AuthorInput, description: 'The person who reacted.' }),
    fromNumber: t.field({
      type: 'PhoneNumberString',
      description: 'The address that reacted; null: the contact’s, if the reaction is inbound.',
    }),
    direction: t.field({ type: DirectionEnum, required: true, description: 'Which way the reaction went.' }),
    createdAt: t.field({ type: 'DateTime', required: true, description: 'When.' }),
  }),
});
