import { type EventPosition, isAfter } from '../../event/store/position.ts';
import type { EventPage } from '../../event/store/read-page.ts';
import type { EventRow } from '../../event/store/rows.ts';

/** The events of one subscription: those in the table, and the feed of new ones. */
export interface EventSource<Event> {
  read(after: EventPosition): Promise<Pick<EventPage, 'hasNext' | 'end'> & { events: Event[] }>;
  /** Subscribes to the feed, without its events up to `after`. @returns the feed's position: every later event will be pushed */
  subscribe(after: EventPosition): EventPosition;
  /** False for an event that was committed before the subscription began. */
  isNew(event: EventPosition): boolean;
}

/** Returns the next event, or null after the last one. */
export type NextEvent<Event> = () => Promise<Event | null>;

/**
 * Reads the events after a position until the feed can take over, without a gap and without duplicates: reads pages up to the last one, subscribes to the
 * feed, then reads what was written between the two. The first page is read at once.
 */
export async function catchUp<Event extends EventRow>(source: EventSource<Event>, after: EventPosition): Promise<NextEvent<Event>> {
  return readUntilLive(source, after, null, await source.read(after));
}

/** The same as `catchUp`, but reads nothing until the first event is requested. */
export function resume<Event extends EventRow>(source: EventSource<Event>, after: EventPosition): NextEvent<Event> {
  return readUntilLive(source, after, null, { events: [], hasNext: true, end: after });
}

/** Subscribes to the feed at once. @returns the events from `after` to the feed's position, read from the table; null if there are none */
export async function subscribeFrom<Event extends EventRow>(
  source: EventSource<Event>,
  after: EventPosition,
): Promise<NextEvent<Event> | null> {
  const live = source.subscribe(after);
  return isAfter(live, after) ? readUntilLive(source, after, live, await source.read(after)) : null;
}

/** @param subscribedAt the position from which the feed pushes; null: not subscribed yet */
function readUntilLive<Event extends EventRow>(
  { read, subscribe, isNew }: EventSource<Event>,
  after: EventPosition,
  subscribedAt: EventPosition | null,
  first: Awaited<ReturnType<EventSource<Event>['read']>>,
): NextEvent<Event> {
  let page = first;
  let position = after;
  let live = subscribedAt;
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
        live = subscribe(position);
        if (!isAfter(live, position)) return null;
      }
      page = await read(position);
    }
  };
}
