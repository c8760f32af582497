import { builder } from '../../../graphql/schema/builder.ts';
import { change } from '../../../graphql/schema/mutation.ts';
import { applyEach } from '../commands/apply-each.ts';
import { updateMessages } from '../commands/update-messages.ts';
import { readUpdateInput } from '../ingest/read/read-draft.ts';
import { StatusEnum } from './enums.ts';
import { results } from './result.ts';

const UpdateMessageInput = builder.inputType('UpdateMessageInput', {
  description:
    'An update of a stored message. The message is named by `id`, or by `externalId` together with its conversation: `phoneNumber` and `contactNumber`, or `conversationExternalId`. Fields that are null remain unchanged. Times are at most one day after now.',
  fields: (t) => ({
    id: t.id({ description: 'The global id of the message.' }),
    externalId: t.string({ description: 'The external id of the message, in place of `id`.' }),
    phoneNumber: t.field({
      type: 'PhoneNumberString',
      description: 'The organization’s phone number of the conversation, in E.164 format.',
    }),
    contactNumber: t.field({ type: 'PhoneNumberString', description: 'The address of the conversation’s contact.' }),
    conversationExternalId: t.string({ description: 'The external id of the workplace chat.' }),
    status: t.field({
      type: StatusEnum,
      description: 'The delivery status, of an outbound message only. It only moves forward; an earlier status is skipped.',
    }),
    body: t.string({
      description:
        'The whole text after an edit, together with `editedAt`: up to 10,000 characters. Null together with `editedAt`: the text was removed.',
    }),
    editedAt: t.field({
      type: 'DateTime',
      description: 'The time of an edit, together with `body`. An edit that is older than the stored one is skipped.',
    }),
    deletedAt: t.field({
      type: 'DateTime',
      description: 'The time at which the message was deleted. A deletion is permanent and removes the content.',
    }),
    redactedAt: t.field({
      type: 'DateTime',
      description: 'The time at which the content was redacted permanently. The first stored time remains.',
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
        description: 'The updates, 1 to 1,000. Several updates of one message are applied in order.',
      }),
    }),
  },
  {
    description:
      'Updates stored messages: their status, later edits, deletion and redaction. An invalid update, or one of an unknown message, is refused in its result, and the others are applied. Repeating the mutation is harmless.',
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
