import { z } from 'zod';
import { MessageDirection } from '../../../../generated/prisma/enums.ts';
import { contactAddress, externalId, httpsUrl, must, name, namePart, optional, text } from './fields.ts';
import { inputForms, lineForms, type ValueForms } from './value-forms.ts';

export const anObject = must('be an object');

export const person = z.strictObject(
  {
    externalId,
    firstName: namePart,
    lastName: namePart,
    title: optional(name()),
    avatarUrl: optional(httpsUrl),
    department: optional(name()),
    unit: optional(name()),
  },
  anObject,
);

export type PersonDraft = z.output<typeof person>;

const reactionType = text(1, 100);

function reactionSchema({ instant, choice }: ValueForms) {
  return z.strictObject(
    {
      type: reactionType,
      fromNumber: optional(contactAddress),
      author: optional(person),
      direction: choice(MessageDirection),
      createdAt: instant,
    },
    anObject,
  );
}

export const lineReaction = reactionSchema(lineForms);
export const inputReaction = reactionSchema(inputForms);

export type ReactionDraft = z.output<typeof inputReaction>;

/** A reaction to be removed, named by its type and author. */
export const inputRemoval = z
  .strictObject({
    type: reactionType,
    authorExternalId: optional(externalId),
    fromNumber: optional(contactAddress),
    direction: inputForms.choice(MessageDirection),
    removedAt: inputForms.instant,
  })
  .transform(({ authorExternalId, ...removal }) => ({
    ...removal,
    author: authorExternalId === null ? null : { externalId: authorExternalId },
  }));

export type RemovalDraft = z.output<typeof inputRemoval>;
