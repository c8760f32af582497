import { builder } from '../../../graphql/schema/builder.ts';
import { change } from '../../../graphql/schema/mutation.ts';
import { PhoneNumber } from '../../phone-number/schema/ref.ts';
import { recordConsent } from '../commands/record.ts';
import { Consent } from './node.ts';

builder.relayMutationField(
  'recordConsent',
  {
    description: 'What a contact answered when asked whether they agree to hear from a number.',
    inputFields: (t) => ({
      phoneNumberId: t.globalID({ for: PhoneNumber, required: true, description: 'The organization’s number.' }),
      contactNumber: t.field({
        type: 'PhoneNumberString',
        required: true,
        description: 'The contact’s address; a contact need not have written yet.',
      }),
      optedIn: t.boolean({ required: true, description: 'Whether they agree.' }),
      at: t.field({ type: 'DateTime', required: true, description: 'When they answered: at most one day after now.' }),
    }),
  },
  {
    description:
      'Records a contact’s answer, as it comes with recorded messages: of each answer the latest counts, in whatever order they come.',
    authScopes: { scope: 'messages:ingest' },
    resolve: (_parent, { input }, context, info) =>
      change(context, info, (...where) => recordConsent(...where, { ...input, phoneNumberId: input.phoneNumberId.id })),
  },
  {
    description: 'A contact’s consent after an answer.',
    outputFields: (t) => ({
      consent: t.expose('consent', {
        type: Consent,
        authScopes: { scope: 'conversations:read' },
        description: 'What holds now.',
      }),
      changed: t.exposeBoolean('changed', { description: 'False where the answer was known, or a later one of the same kind.' }),
    }),
  },
);
