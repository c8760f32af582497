import { builder } from '../../../graphql/schema/builder.ts';
import { change } from '../../../graphql/schema/mutation.ts';
import { applyEach } from '../commands/apply-each.ts';
import { updateMessages } from '../commands/update-messages.ts';
import { readUpdateInput } from '../ingest/read/read-draft.ts';
import { StatusEnum } from './enums.ts';
import { results } from './result.ts';

const UpdateMessageInput = builder.inputType('UpdateMessageInput', {
  description:
    'What happened to a message later. It is named by `id`, or by `externalId` with its conversation: `phoneNumber` and `contactNumber`, or `conversationExternalId`. What is null stays as it is. An instant is at most one day after now.',
  fields: (t) => ({
    id: t.id({ description: 'The message.' }),
    externalId: t.string({ description: 'What it is known by outside, instead of `id`.' }),
    phoneNumber: t.field({ type: 'PhoneNumberString', description: 'The organization’s number in its conversation, always E.164.' }),
    contactNumber: t.field({ type: 'PhoneNumberString', description: 'The contact’s address in its conversation.' }),
    conversationExternalId: t.string({ description: 'What its workplace chat is known by outside.' }),
    status: t.field({ type: StatusEnum, description: 'Of an outbound message only. It moves forward; one that came earlier is skipped.' }),
    body: t.string({ description: 'The whole text after an edit, up to 10,000 characters, with `editedAt`; null: none is left.' }),
    editedAt: t.field({ type: 'DateTime', description: 'When it was edited, with `body`; an edit that is not the latest is skipped.' }),
    deletedAt: t.field({ type: 'DateTime', description: 'When it was deleted; once it is, it stays so, and its content is gone.' }),
    redactedAt: t.field({ type: 'DateTime', description: 'When its content was redacted for good; the first instant stays.' }),
  }),
});

builder.relayMutationField(
  'updateMessages',
  {
    description: 'What happened to messages later.',
    inputFields: (t) => ({
      updates: t.field({
        type: [UpdateMessageInput],
        required: true,
        description: '1 to 1,000; several of one message are applied in order.',
      }),
    }),
  },
  {
    description:
      'Brings messages forward: status, later edits, deletion, redaction; again is harmless. What does not fit, or is of no message here, is refused one by one, and the others go on. Scope: messages:ingest, and conversations:read where the messages are selected.',
    authScopes: { scope: 'messages:ingest' },
    resolve: (_parent, { input: { updates } }, context, info) =>
      change(context, info, (database, organizationId) =>
        applyEach('updates', updates, readUpdateInput, (drafts) =>
          database.transaction((tx) => updateMessages(tx, organizationId, drafts)),
        ),
      ),
  },
  { description: 'Messages that were brought forward.', outputFields: (t) => ({ results: t.field(results) }) },
);
