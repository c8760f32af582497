import { builder } from '../../../graphql/builder.ts';
import { encodeId } from '../../../ids.ts';
import type { MessageResult } from '../apply-each.ts';
import { Message } from '../ref.ts';
import { type MessageRow, messageSource } from '../rows.ts';

const Outcome = builder.enumType('MessageOutcome', {
  description: 'What became of one message of several.',
  values: {
    CREATED: { description: 'It is new here.' },
    UPDATED: { description: 'It was here, and something of it changed.' },
    SKIPPED: { description: 'It was here, and says nothing new.' },
    REFUSED: { description: 'It does not fit, and changed nothing; the others went on.' },
  },
});

const Result = builder.objectRef<MessageResult>('MessageResult').implement({
  description: 'What became of one message of several.',
  fields: (t) => ({
    outcome: t.expose('outcome', { type: Outcome, description: 'What was done.' }),
    field: t.string({
      nullable: true,
      description: 'Where it is refused, what for: as `input.messages[3].createdAt`. Else null.',
      resolve: (result) => (result.outcome === 'REFUSED' ? `input.${result.field}` : null),
    }),
    reason: t.string({
      nullable: true,
      description: 'Where it is refused, why. Else null.',
      resolve: (result) => (result.outcome === 'REFUSED' ? result.reason : null),
    }),
    messageId: t.id({
      nullable: true,
      description: 'The message’s global id, for a key that may not read, too; null where it is refused.',
      resolve: (result) => (result.outcome === 'REFUSED' ? null : encodeId('Message', result.messageId)),
    }),
    message: t.field({
      type: Message,
      nullable: true,
      description: 'The message as it is now; null where it is refused. Scope: conversations:read.',
      resolve: (result, _args, { loaders }) =>
        result.outcome === 'REFUSED' ? null : loaders.row<MessageRow>(messageSource, result.messageId),
    }),
  }),
});

/** For payloads of mutations on several messages, and for `change`. */
export const results = {
  type: [Result] as [typeof Result],
  description: 'What became of each, in the order given.',
  resolve: (result: MessageResult[]) => result,
};
export const shown = { path: ['results', 'message'], scope: 'conversations:read' } as const;
