import { badInput } from '../../../errors.ts';
import { builder } from '../../../graphql/builder.ts';
import { readSize } from '../../../graphql/connection.ts';
import { selects } from '../../../graphql/selection.ts';
import { viewerOf } from '../../../graphql/viewer.ts';
import { decodePosition, type EventPosition, encodePosition } from '../position.ts';
import { type EventPage, eventsKeptDays, readEventPage } from '../read-page.ts';
import type { EventRow } from '../rows.ts';
import { conversationField, conversationIdOf, cursorOf, messageField, messageIdOf, occurredAtField } from './fields.ts';
import { ChangeKindEnum } from './ref.ts';

const Change = builder.objectRef<EventRow>('Change').implement({
  description: 'Something that happened: which kind of change, and to what. The ids are there even where the thing is gone.',
  fields: (t) => ({
    kind: t.expose('kind', { type: ChangeKindEnum, description: 'What happened.' }),
    occurredAt: t.field(occurredAtField),
    conversationId: t.id({
      nullable: true,
      description: 'The global id of the conversation; null where the change is about the organization.',
      resolve: conversationIdOf,
    }),
    conversation: t.field(conversationField),
    messageId: t.id({
      nullable: true,
      description: 'The global id of the message; null where the change is not about one.',
      resolve: messageIdOf,
    }),
    message: t.field(messageField),
  }),
});

const ChangeConnection = builder.connectionObject(
  {
    type: Change,
    name: 'ChangeConnection',
    description: 'Changes, page by page, in the order in which they were committed.',
    fields: (t) => ({
      latestCursor: t.string({
        description:
          'Where the changes end at this moment: everything that happens later comes after it. Ask for it before loading what is to be kept up to date, then pass it as `after`, here or to a subscription.',
        resolve: (connection) => encodePosition((connection as unknown as { end: EventPosition }).end),
      }),
    }),
  },
  { name: 'ChangeEdge', description: 'A change and where it stands.' },
);

builder.queryField('changes', (t) =>
  t.field({
    type: ChangeConnection,
    description: `What was recorded, updated, deleted and redacted, oldest first: all that a cache needs to follow. Events are kept for ${eventsKeptDays} days or more; where those after \`after\` no longer are: CONFLICT with the reason TOO_OLD, and everything is to be fetched anew. Content that goes because the retention window passes has no change of its own: it goes \`retentionDays\` after \`createdAt\`. \`totalCount\` counts up to 10,000. Scope: conversations:read.`,
    authScopes: { scope: 'conversations:read' },
    args: {
      first: t.arg.int({ description: 'How many, 1 to 200; 50 unless given.' }),
      after: t.arg.string({
        description:
          'Only changes after this cursor, of a change, a live event or `latestCursor`; from the oldest that is kept unless given.',
      }),
    },
    resolve: async (_parent, { first, after }, context, info) => {
      const page = await readEventPage(context.database, {
        organizationId: viewerOf(context).organizationId,
        after: readAfter(after),
        limit: readSize({ first }),
        kinds: null,
        conversationId: null,
        counted: selects(info, 'totalCount'),
      });
      return connectionOf(page);
    },
  }),
);

/** @throws BAD_USER_INPUT for what is no cursor of events */
export function readAfter(after: string | null | undefined): EventPosition | null {
  if (after == null) return null;
  const position = decodePosition(after);
  if (position === null) throw badInput('after', 'is no cursor of changes or live events');
  return position;
}

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
