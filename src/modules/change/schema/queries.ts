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
  description: 'A filter of changes: a change matches if it matches every given field. A cursor is good with any filter.',
  fields: (t) => ({
    conversationId: t.globalID({
      for: Conversation,
      description:
        'The global id of a conversation: only changes of it and of its messages. A conversation that the organization does not have matches none.',
    }),
    kinds: t.field({ type: [ChangeKindEnum], description: 'Only changes of these kinds, at least one; null: of every kind.' }),
  }),
});

builder.queryField('changes', (t) =>
  t.connection(
    {
      type: Change,
      description: `What was recorded, updated, deleted and redacted, oldest first: all that a cache needs to follow. Events are kept for ${eventsKeptDays} days or more; where those at \`after\` or \`before\` no longer are: CONFLICT with the reason TOO_OLD, and everything is to be fetched anew. A cursor may be that of a change, of a live event or \`latestCursor\`. Content that goes because the retention window passes has no change of its own: it goes at \`Message.redactsAt\`. \`totalCount\` counts up to 10,000.`,
      authScopes: { scope: 'conversations:read' },
      args: { filter: t.arg({ type: Filter, description: 'Only changes that match it; null: all.' }) },
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
