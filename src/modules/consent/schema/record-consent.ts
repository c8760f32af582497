import { builder } from '../../../graphql/schema/builder.ts';
import { change } from '../../../graphql/schema/mutation.ts';
import { PhoneNumber } from '../../phone-number/schema/ref.ts';
import { recordConsent } from '../commands/record.ts';
import { Consent } from './node.ts';

builder.relayMutationField(
  'recordConsent',
  {
    description: 'Input of `recordConsent`.',
    inputFields: (t) => ({
      phoneNumberId: t.globalID({ for: PhoneNumber, required: true, description: 'The global id of the organization’s phone number.' }),
      contactNumber: t.field({
        type: 'PhoneNumberString',
        required: true,
        description: 'The address of the contact; it need not have a conversation.',
      }),
      optedIn: t.boolean({
        required: true,
        description: 'True if the contact agrees to receive messages from the number; false if they refuse.',
      }),
      at: t.field({ type: 'DateTime', required: true, description: 'The time of the answer, at most one day after now.' }),
    }),
  },
  {
    description:
      'Records whether a contact agrees to receive messages from a phone number. The latest answer counts, in whatever order answers are recorded.',
    authScopes: { scope: 'messages:ingest' },
    resolve: (_parent, { input }, context, info) =>
      change(context, info, (database, organizationId) =>
        recordConsent(database, organizationId, { ...input, phoneNumberId: input.phoneNumberId.id }),
      ),
  },
  {
    description: 'Payload of `recordConsent`.',
    outputFields: (t) => ({
      consent: t.expose('consent', {
        type: Consent,
        authScopes: { scope: 'conversations:read' },
        description: 'The current consent.',
      }),
      changed: t.exposeBoolean('changed', {
        description:
          'True if the answer changed the stored consent; false if this answer, or a later one of the same kind, was already stored.',
      }),
    }),
  },
);
