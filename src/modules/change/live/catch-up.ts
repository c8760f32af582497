import { type EventPosition, isAfter } from '../../event/store/position.ts';
import type { EventPage } from '../../event/store/read-page.ts';
import type { EventRow } from '../../event/store/rows.ts';

export interface Source<Event> {
  read(after: EventPosition): Promise<Pick<EventPage, 'hasNext' | 'end'> & { events: Event[] }>;
  /** Follows what comes live, nothing up to `after`. @returns from where on */
  follow(after: EventPosition): EventPosition;
  /** Of what comes after the position that it begins at, whether it is wanted. */
  isNew(event: EventPosition): boolean;
}

/**
 * What a subscriber missed, from the table, until it can go on live without a gap and without anything twice: reads pages until one is the last, then
 * follows, then reads what came between the two. The first page is read at once. @returns gives event after event, then null
 */
export async function catchUp<Event extends EventRow>(source: Source<Event>, after: EventPosition): Promise<() => Promise<Event | null>> {
  return walk(source, after, null, await source.read(after));
}

/** As `catchUp`, but nothing is read before it is asked for. */
export function resume<Event extends EventRow>(source: Source<Event>, after: EventPosition): () => Promise<Event | null> {
  return walk(source, after, null, { events: [], hasNext: true, end: after });
}

/** Follows at once; what others were given since the position comes from the table. @returns as `catchUp`; null: there is nothing to catch up with */
export async function followFrom<Event extends EventRow>(
  source: Source<Event>,
  after: EventPosition,
): Promise<(() => Promise<Event | null>) | null> {
  const live = source.follow(after);
  return isAfter(live, after) ? walk(source, after, live, await source.read(after)) : null;
}

function walk<Event extends EventRow>(
  { read, follow, isNew }: Source<Event>,
  after: EventPosition,
  from: EventPosition | null,
  first: Awaited<ReturnType<Source<Event>['read']>>,
): () => Promise<Event | null> {
  let page = first;
  let position = after;
  let live = from;
  return async () => {
    for (;;) {
      const event = page.events.shift();
      if (event !== undefined) {
        if (live !== null && isAfter(event, live)) return null;
        position = { transactionId: event.transactionId, id: event.id };
        if (isNew(event)) return event;
        continue;
      }
      if (!page.hasNext) {
        if (live !== null) return null;
        position = page.end;
        live = follow(position);
        if (!isAfter(live, position)) return null;
      }
      page = await read(position);
    }
  };
}
