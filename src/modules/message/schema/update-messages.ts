import { builder } from '../../../graphql/schema/builder.ts';
import { change } from '../../../graphql/schema/mutation.ts';
import { applyEach } from '../commands/apply-each.ts';
import { updateMessages } from '../commands/update-messages.ts';
import { readUpdateInput } from '../ingest/read/read-draft.ts';
import { StatusEnum } from './enums.ts';
import { results } from './result.ts';

const UpdateMessageInput = builder.inputType('UpdateMessageInput', {
  description:
    'An update of a stored message. The message is identified by `id`, or by `externalId` with its conversation: `phoneNumber` and `contactNumber`, or `conversationExternalId`. Null fields remain unchanged. No time may be more than one day after now.',
  fields: (t) => ({
    id: t.id({ description: 'The global id of the message.' }),
    externalId: t.string({ description: 'The external id of the message, in place of `id`.' }),
    phoneNumber: t.field({
      type: 'PhoneNumberString',
      description: 'The organization’s phone number in the conversation, always in E.164 format.',
    }),
    contactNumber: t.field({ type: 'PhoneNumberString', description: 'The address of the contact in the conversation.' }),
    conversationExternalId: t.string({ description: 'The external id of the workplace chat.' }),
    status: t.field({
      type: StatusEnum,
      description: 'The new status of an outbound message. A status that comes before the stored one is ignored.',
    }),
    body: t.string({
      description:
        'The whole text after an edit, with `editedAt`: at most 10,000 characters. Null: the edit removed the text. Absent: no edit.',
    }),
    editedAt: t.field({
      type: 'DateTime',
      description: 'The time of the edit, with `body`. An edit that is not later than the stored one is ignored.',
    }),
    deletedAt: t.field({
      type: 'DateTime',
      description: 'The time at which the message was deleted. The content is removed. A stored time remains unchanged.',
    }),
    redactedAt: t.field({
      type: 'DateTime',
      description: 'The time at which the message was redacted. The content is removed. A stored time remains unchanged.',
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
        description: 'The updates, 1 to 1,000. Several updates of one message are applied in their order.',
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
