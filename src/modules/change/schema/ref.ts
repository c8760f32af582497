import { builder } from '../../../graphql/schema/builder.ts';
import { type EventPosition, encodePosition } from '../../event/store/position.ts';
import type { EventRow } from '../../event/store/rows.ts';

export const Change = builder.objectRef<EventRow>('Change');

export const ChangeConnection = builder.connectionObject(
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
