import { maxCountedText } from '../../../database/count.ts';
import { viewerOf } from '../../../graphql/schema/authorization.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { selects } from '../../../graphql/schema/connection.ts';
import { readSize } from '../../../graphql/schema/page-arguments.ts';
import { Conversation } from '../../conversation/schema/ref.ts';
import { type EventPage, eventsKeptDays, readEventPage } from '../../event/store/read-page.ts';
import { ChangeKindEnum, readKinds } from './change-kind.ts';
import { cursorOf, readPosition } from './fields.ts';
import { Change, ChangeConnection } from './ref.ts';

const Filter = builder.inputType('ChangeFilter', {
  description: 'A filter of changes: a change matches if it matches every given field. Cursors are valid with any filter.',
  fields: (t) => ({
    conversationId: t.globalID({
      for: Conversation,
      description: 'The global id of a conversation: only changes of it and of its messages. An unknown conversation matches no change.',
    }),
    kinds: t.field({ type: [ChangeKindEnum], description: 'Only changes of these kinds, at least one. Null: changes of every kind.' }),
  }),
});

builder.queryField('changes', (t) =>
  t.connection(
    {
      type: Change,
      description: `The changes of conversations, messages and the retention window, oldest first: all that a cache needs to stay up to date. Changes are kept for ${eventsKeptDays} days or more. If those at \`after\` or \`before\` are no longer kept, or a backup without them was restored, the answer is CONFLICT with the reason TOO_OLD, and the client must fetch everything again. Cursors of changes, cursors of live events and \`latestCursor\` are valid. A redaction by the retention window has no change: it happens at \`Message.redactsAt\`. \`totalCount\` counts up to ${maxCountedText}.`,
      authScopes: { scope: 'conversations:read' },
      args: { filter: t.arg({ type: Filter, description: 'A filter of the list. Null: all changes.' }) },
      resolve: async (_parent, { filter, ...args }, context, info) => {
        const page = await readEventPage(context.database, {
          organizationId: viewerOf(context).organizationId,
          after: readPosition('after', args.after),
          before: readPosition('before', args.before),
          ...readSize(args),
          kinds: readKinds('filter.kinds', filter?.kinds),
          conversationId: filter?.conversationId?.id ?? null,
          counted: selects(info, 'totalCount'),
        });
        return connectionOf(page);
      },
    },
    ChangeConnection,
  ),
);

function connectionOf({ events, hasNext, hasPrevious, total, end }: EventPage) {
  const edges = events.map((node) => ({ node, cursor: cursorOf(node) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: hasNext,
      hasPreviousPage: hasPrevious,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: total,
    end,
  };
}
