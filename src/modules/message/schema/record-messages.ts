import { builder } from '../../../graphql/schema/builder.ts';
import { change } from '../../../graphql/schema/mutation.ts';
import { applyEach } from '../commands/apply-each.ts';
import { ingest } from '../ingest/ingest.ts';
import { readMessageInput } from '../ingest/read/read-draft.ts';
import { RecordMessageInput } from './record-input.ts';
import { results } from './result.ts';

builder.relayMutationField(
  'recordMessages',
  {
    description: 'Input of `recordMessages`.',
    inputFields: (t) => ({
      messages: t.field({
        type: [RecordMessageInput],
        required: true,
        description: 'The messages, 1 to 1,000. Several items for one message are applied in their order.',
      }),
    }),
  },
  {
    description:
      'Stores messages that were sent or received elsewhere; nothing is transmitted. If the conversation already has a message with this external id, that message is updated: its status, a later edit, its deletion and redaction, new reactions. Repeating the request changes nothing. An invalid message is refused alone, and the others are recorded.',
    authScopes: { scope: 'messages:ingest' },
    resolve: (_parent, { input: { messages } }, context, info) =>
      change(context, info, (database, organizationId) =>
        applyEach('messages', messages, readMessageInput, (drafts) => database.transaction((tx) => ingest(tx, organizationId, drafts))),
      ),
  },
  { description: 'Payload of `recordMessages`.', outputFields: (t) => ({ results: t.field(results) }) },
);
