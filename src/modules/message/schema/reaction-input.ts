import { builder } from '../../../graphql/schema/builder.ts';
import { DirectionEnum } from './enums.ts';

export const AuthorInput = builder.inputType('AuthorInput', {
  description: 'A person of the workplace. They are created if the organization does not have them. Null fields stay unchanged.',
  fields: (t) => ({
    externalId: t.string({ required: true, description: 'The id of the person in the client’s system: 1 to 200 characters.' }),
    firstName: t.string({
      required: true,
      description: 'The first name, up to 200 characters, not only spaces; empty if it is not known.',
    }),
    lastName: t.string({ required: true, description: 'The last name, up to 200 characters, not only spaces; empty if it is not known.' }),
    title: t.string({ description: 'The position at work: 1 to 200 characters, not only spaces.' }),
    avatarUrl: t.field({ type: 'URL', description: 'A picture: an https URL of up to 4,096 characters.' }),
    department: t.string({ description: 'The name of the department: 1 to 200 characters, not only spaces.' }),
    unit: t.string({ description: 'The name of the unit or site: 1 to 200 characters, not only spaces.' }),
  }),
});

export const ReactionInput = builder.inputType('ReactionInput', {
  description:
    'A reaction to a message. Its author is the person, else the number or the contact (inbound), or the organization (outbound).',
  fields: (t) => ({
    type: t.string({ required: true, description: 'The reaction, an emoji or a word such as `love`: 1 to 100 characters.' }),
    author: t.field({ type: AuthorInput, description: 'The person who reacted.' }),
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
});
