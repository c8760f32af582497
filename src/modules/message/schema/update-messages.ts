import { builder } from '../../../graphql/schema/builder.ts';
import { change } from '../../../graphql/schema/mutation.ts';
import { applyEach } from '../commands/apply-each.ts';
import { updateMessages } from '../commands/update-messages.ts';
import { readUpdateInput } from '../ingest/read/read-draft.ts';
import { StatusEnum } from './enums.ts';
import { results } from './result.ts';

const UpdateMessageInput = builder.inputType('UpdateMessageInput', {
  description:
    'An update of a stored message. The message is named by `id`, or by `externalId` with its conversation: `phoneNumber` and `contactNumber`, or `conversationExternalId`. Null fields stay unchanged. An instant is at most one day after now.',
  fields: (t) => ({
    id: t.id({ description: 'The global id of the message.' }),
    externalId: t.string({ description: 'The external id of the message, instead of `id`.' }),
    phoneNumber: t.field({ type: 'PhoneNumberString', description: 'The organization’s number in the conversation, always E.164.' }),
    contactNumber: t.field({ type: 'PhoneNumberString', description: 'The contact’s address in the conversation.' }),
    conversationExternalId: t.string({ description: 'The external id of the workplace chat.' }),
    status: t.field({ type: StatusEnum, description: 'The new status of an outbound message. A status before the stored one is skipped.' }),
    body: t.string({ description: 'The whole text after an edit, up to 10,000 characters, with `editedAt`; null if the edit removed it.' }),
    editedAt: t.field({
      type: 'DateTime',
      description: 'The instant of the edit, with `body`. An edit that is not later than the stored one is skipped.',
    }),
    deletedAt: t.field({ type: 'DateTime', description: 'The instant of its deletion. The first one stays, and the content is deleted.' }),
    redactedAt: t.field({
      type: 'DateTime',
      description: 'The instant of its redaction. The first one stays, and the content is deleted.',
    }),
  }),
});

builder.relayMutationField(
  'updateMessages',
  {
    description: 'Input of `updateMessages`.',
    inputFields: (t) => ({
      updates: t.field({
        type: [UpdateMessageInput],
        required: true,
        description: '1 to 1,000 updates. Several updates of one message are applied in their order.',
      }),
    }),
  },
  {
    description:
      'Updates stored messages: status, later edits, deletion, redaction. Repeating the request changes nothing. An invalid update, or one of a message that the organization does not have, is refused alone, and the others are applied.',
    authScopes: { scope: 'messages:ingest' },
    resolve: (_parent, { input: { updates } }, context, info) =>
      change(context, info, (database, organizationId) =>
        applyEach('updates', updates, readUpdateInput, (drafts) =>
          database.transaction((tx) => updateMessages(tx, organizationId, drafts)),
        ),
      ),
  },
  { description: 'Payload of `updateMessages`.', outputFields: (t) => ({ results: t.field(results) }) },
);
