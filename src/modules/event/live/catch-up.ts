import { type EventPosition, isAfter } from '../position.ts';
import type { EventPage } from '../read-page.ts';
import type { EventRow } from '../rows.ts';

interface Source<Event> {
  read(after: EventPosition): Promise<Omit<EventPage, 'events'> & { events: Event[] }>;
  /** Follows what comes live, nothing up to `after`. @returns from where on */
  follow(after: EventPosition): Promise<EventPosition>;
}

/**
 * What a subscriber missed, from the table, until it can go on live without a gap and without anything twice: reads pages until one is the last, then
 * follows, then reads what came between the two. The first page is read at once. @returns gives event after event, then null
 */
export async function catchUp<Event extends EventRow>(
  { read, follow }: Source<Event>,
  after: EventPosition,
): Promise<() => Promise<Event | null>> {
  let page = await read(after);
  let waiting = page.events;
  let position = after;
  let live: EventPosition | null = null;
  const readOn = async () => {
    page = await read(position);
    waiting = page.events;
  };
  return async () => {
    for (;;) {
      const event = waiting.shift();
      if (event !== undefined) {
        if (live !== null && isAfter(event, live)) return null;
        position = { transactionId: event.transactionId, id: event.id };
        return event;
      }
      if (!page.hasNext) {
        if (live !== null) return null;
        position = page.end;
        live = await follow(position);
        if (!isAfter(live, position)) return null;
      }
      await readOn();
    }
  };
}
