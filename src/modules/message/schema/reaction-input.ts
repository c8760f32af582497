import { builder } from '../../../graphql/schema/builder.ts';
import { DirectionEnum } from './enums.ts';

export const AuthorInput = builder.inputType('AuthorInput', {
  description: 'A person of the workplace, who is created if they are new. Fields that are null remain unchanged.',
  fields: (t) => ({
    externalId: t.string({
      required: true,
      description: 'The id of the person in the system that the messages come from: 1 to 200 characters.',
    }),
    firstName: t.string({ required: true, description: 'The first name: up to 200 characters.' }),
    lastName: t.string({ required: true, description: 'The last name: up to 200 characters.' }),
    title: t.string({ description: 'The job title: up to 200 characters.' }),
    avatarUrl: t.field({ type: 'URL', description: 'The URL of a picture: up to 4,096 characters.' }),
    department: t.string({ description: 'The name of the department: up to 200 characters.' }),
    unit: t.string({ description: 'The name of the unit or site: up to 200 characters.' }),
  }),
});

export const ReactionInput = builder.inputType('ReactionInput', {
  description:
    'A reaction to a message. Its author is the named person; otherwise the number or the contact (inbound), or the organization (outbound).',
  fields: (t) => ({
    type: t.string({ required: true, description: 'The reaction itself, an emoji or a word such as `love`: 1 to 100 characters.' }),
    author: t.field({ type: AuthorInput, description: 'The person who reacted. Null: the author that `fromNumber` and `direction` name.' }),
    fromNumber: t.field({
      type: 'PhoneNumberString',
      description: 'The address that reacted. Null: the contact’s address for an inbound reaction.',
    }),
    direction: t.field({
      type: DirectionEnum,
      required: true,
      description: 'The direction of the reaction. Outbound: by the organization.',
    }),
    createdAt: t.field({ type: 'DateTime', required: true, description: 'The time of the reaction.' }),
  }),
});
