import { builder } from '../../../graphql/schema/builder.ts';
import { type EventPosition, encodePosition } from '../../event/store/position.ts';
import type { EventRow } from '../../event/store/rows.ts';

export const Change = builder.objectRef<EventRow>('Change');

export const ChangeConnection = builder.connectionObject(
  {
    type: Change,
    name: 'ChangeConnection',
    description: 'A page of changes, in the order in which they were committed.',
    fields: (t) => ({
      latestCursor: t.string({
        description:
          'The cursor of the current end of the list: every later change comes after it. Query it before loading the data to keep up to date, then pass it as `after`, here or to a subscription.',
        resolve: (connection) => encodePosition((connection as unknown as { end: EventPosition }).end),
      }),
    }),
  },
  { name: 'ChangeEdge', description: 'A change and its cursor.' },
);
