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
    description: 'Messages that were sent or received elsewhere.',
    inputFields: (t) => ({
      messages: t.field({
        type: [RecordMessageInput],
        required: true,
        description: '1 to 1,000; one told several times is applied in order.',
      }),
    }),
  },
  {
    description:
      'Stores messages that were sent or received elsewhere; nothing is transmitted. Records them as an import would. One that is there already, by its external id in its conversation, is brought forward: status, a later edit, deletion, redaction, new reactions; again is harmless. What does not fit is refused message by message, and the others go on. Scope: messages:ingest, and conversations:read where the messages are selected.',
    authScopes: { scope: 'messages:ingest' },
    resolve: (_parent, { input: { messages } }, context, info) =>
      change(context, info, (database, organizationId) =>
        applyEach('messages', messages, readMessageInput, (drafts) => database.transaction((tx) => ingest(tx, organizationId, drafts))),
      ),
  },
  { description: 'Messages that were recorded.', outputFields: (t) => ({ results: t.field(results) }) },
);
