// Compares catching up with a simple model of a log that grows while it is read: at every interleaving, a subscriber gets each later event once, in order.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catchUp, type EventSource, type NextEvent, resume, subscribeFrom } from '../../../src/modules/change/live/catch-up.ts';
import { Feed, type LiveEvent } from '../../../src/modules/change/live/feed.ts';
import { EventStream, StreamFailure } from '../../../src/modules/change/live/stream.ts';
import { type EventPosition, isAfter } from '../../../src/modules/event/store/position.ts';

/** Transactions in the order of their commits, each with its events. The first `#committed` of them can be read. */
class Log {
  readonly events: LiveEvent[];
  readonly #transactions: number;
  #committed = 0;

  constructor(sizes: readonly number[]) {
    this.#transactions = sizes.length;
    this.events = sizes.flatMap((size, transactionId) => Array.from({ length: size }, (_, index) => eventAt(transactionId, index + 1)));
  }

  commit(count: number): void {
    this.#committed = Math.min(this.#committed + count, this.#transactions);
  }

  get end(): EventPosition {
    return { transactionId: this.#committed, id: 0 };
  }

  get readable(): LiveEvent[] {
    return this.events.filter(({ transactionId }) => transactionId < this.#committed);
  }

  after(position: EventPosition, size: number) {
    const found = this.readable.filter((event) => isAfter(event, position));
    return { events: found.slice(0, size), hasNext: found.length > size, end: this.end };
  }
}

function eventAt(transactionId: number, id: number): LiveEvent {
  return { transactionId, id, kind: 'MESSAGE_RECORDED', conversationId: null, messageId: null, occurredAt: new Date(0), epoch: 0 };
}

const textOf = ({ transactionId, id }: EventPosition) => `${transactionId}.${id}`;

const world = fc.record({
  sizes: fc.array(fc.nat(4), { minLength: 1, maxLength: 12 }),
  /** The large factor makes more events than may wait in a stream. */
  scale: fc.constantFrom(1, 1, 1, 300),
  committed: fc.nat(12),
  /** The steps between reads: commits, events that the feed reads, events that the subscriber takes. */
  steps: fc.array(fc.record({ commits: fc.nat(2), reads: fc.nat(6), takes: fc.nat(3) }), { maxLength: 30 }),
  start: fc.nat(40),
  /** The filter matches one transaction of so many. */
  every: fc.integer({ min: 1, max: 3 }),
});

test.each<[string, (source: EventSource<LiveEvent>, after: EventPosition) => Promise<NextEvent<LiveEvent> | null>]>([
  ['reads, then subscribes', catchUp],
  ['subscribes, then reads', subscribeFrom],
  ['reads at the first request, then subscribes', async (source, after) => resume(source, after)],
])('a stream that %s misses no event and gets none twice', async (_name, begin) => {
  await fc.assert(
    fc.asyncProperty(world, async ({ sizes, scale, committed, steps, start, every }) => {
      const log = new Log(sizes.map((size) => size * scale));
      log.commit(committed);
      const feed = new Feed('', { transactionId: 0, id: 0 });
      const stream = new EventStream<LiveEvent>();
      feed.add(stream);
      let step = 0;
      const proceed = () => {
        const { commits, reads } = steps[step++] ?? { commits: sizes.length, reads: log.events.length };
        log.commit(commits);
        feed.deliver(log.after(feed.position, reads * scale).events, 0);
      };
      proceed();

      const after = log.readable[start * scale] ?? log.end;
      const isNew = ({ transactionId }: EventPosition) => transactionId % every === 0;
      const source: EventSource<LiveEvent> = {
        isNew,
        read: async (from) => {
          proceed();
          const page = log.after(from, 3 * scale);
          proceed();
          return page;
        },
        subscribe: (from) =>
          feed.subscribe({
            stream,
            kinds: ['MESSAGE_RECORDED'],
            conversationId: null,
            isNew: (event) => isAfter(event, from) && isNew(event),
            resume: (position) => resume(source, position),
            isRetrying: () => false,
          }),
      };
      const missed = await begin(source, after);
      if (missed !== null) stream.beginWith(missed);

      const taken: string[] = [];
      for (let next = stream.next(), over = false; !over; ) {
        over = step > steps.length;
        proceed();
        const takes = over ? Number.POSITIVE_INFINITY : (steps[step]?.takes ?? 0) * scale;
        for (let event = await available(next); event !== null && taken.length <= log.events.length; event = await available(next)) {
          taken.push(textOf(event));
          next = stream.next();
          if (taken.length % (takes + 1) === takes) break;
        }
      }
      stream.end();
      expect(taken).toEqual(log.events.filter((event) => isAfter(event, after) && isNew(event)).map(textOf));
    }),
    { numRuns: 300 },
  );
});

/** Returns the next event if it comes without a further step, else null. */
async function available(next: ReturnType<EventStream<LiveEvent>['next']>): Promise<LiveEvent | null> {
  const taken = await Promise.race([next, new Promise<null>((resolve) => setImmediate(resolve, null))]);
  if (taken === null) return null;
  if (taken.value === undefined || taken.value instanceof StreamFailure) return expect.fail('the stream ended');
  return taken.value;
}
