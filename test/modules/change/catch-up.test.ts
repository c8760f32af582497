// A log that grows while it is read, told naively: whatever the moments at which things happen, a subscriber gets what comes after its place, once, in order.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catchUp, followFrom, resume, type Source } from '../../../src/modules/change/live/catch-up.ts';
import { Feed, type LiveEvent } from '../../../src/modules/change/live/feed.ts';
import { EventStream, StreamFailure } from '../../../src/modules/change/live/stream.ts';
import { type EventPosition, isAfter } from '../../../src/modules/event/store/position.ts';

/** Transactions in the order of their commits, each with its events; the first so many have been committed. */
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

const placeOf = ({ transactionId, id }: EventPosition) => `${transactionId}.${id}`;

const world = fc.record({
  sizes: fc.array(fc.nat(4), { minLength: 1, maxLength: 12 }),
  /** Many: more than may wait in a stream that is not read. */
  scale: fc.constantFrom(1, 1, 1, 300),
  committed: fc.nat(12),
  /** What happens, moment after moment: what is committed, how many events the feed reads, how many the subscriber would take. */
  moments: fc.array(fc.record({ commits: fc.nat(2), reads: fc.nat(6), takes: fc.nat(3) }), { maxLength: 30 }),
  place: fc.nat(40),
  /** Every so many transactions are the subscriber's. */
  every: fc.integer({ min: 1, max: 3 }),
});

test.each<[string, (source: Source<LiveEvent>, after: EventPosition) => Promise<(() => Promise<LiveEvent | null>) | null>]>([
  ['reads, then follows', catchUp],
  ['follows, then reads', followFrom],
  ['reads when it is asked, then follows', async (source, after) => resume(source, after)],
])('who %s misses nothing and gets nothing twice', async (_name, begin) => {
  await fc.assert(
    fc.asyncProperty(world, async ({ sizes, scale, committed, moments, place, every }) => {
      const log = new Log(sizes.map((size) => size * scale));
      log.commit(committed);
      const feed = new Feed('', { transactionId: 0, id: 0 });
      const stream = new EventStream<LiveEvent>();
      feed.attend(stream);
      let moment = 0;
      const happens = () => {
        const { commits, reads } = moments[moment++] ?? { commits: sizes.length, reads: log.events.length };
        log.commit(commits);
        feed.deliver(log.after(feed.position, reads * scale).events, 0);
      };
      happens();

      const after = log.readable[place * scale] ?? log.end;
      const isNew = ({ transactionId }: EventPosition) => transactionId % every === 0;
      const source: Source<LiveEvent> = {
        isNew,
        read: async (from) => {
          happens();
          const page = log.after(from, 3 * scale);
          happens();
          return page;
        },
        follow: (from) =>
          feed.join({
            stream,
            kinds: ['MESSAGE_RECORDED'],
            conversationId: null,
            isNew: (event) => isAfter(event, from) && isNew(event),
            goOn: (behind) => resume(source, behind),
            isExcused: () => false,
          }),
      };
      const missed = await begin(source, after);
      if (missed !== null) stream.precede(missed);

      const taken: string[] = [];
      for (let next = stream.next(), over = false; !over; ) {
        over = moment > moments.length;
        happens();
        const takes = over ? Number.POSITIVE_INFINITY : (moments[moment]?.takes ?? 0) * scale;
        for (let event = await soon(next); event !== null && taken.length <= log.events.length; event = await soon(next)) {
          taken.push(placeOf(event));
          next = stream.next();
          if (taken.length % (takes + 1) === takes) break;
        }
      }
      stream.end();
      expect(taken).toEqual(log.events.filter((event) => isAfter(event, after) && isNew(event)).map(placeOf));
    }),
    { numRuns: 300 },
  );
});

/** What comes without anything else that happens; null: nothing. */
async function soon(next: ReturnType<EventStream<LiveEvent>['next']>): Promise<LiveEvent | null> {
  const taken = await Promise.race([next, new Promise<null>((resolve) => setImmediate(resolve, null))]);
  if (taken === null) return null;
  if (taken.value === undefined || taken.value instanceof StreamFailure) return expect.fail('it ended');
  return taken.value;
}
