import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from '../../src/values/cursor.ts';

const ordering = fc.record({ mark: fc.integer({ min: 1, max: 5 }), descending: fc.boolean() });
const time = fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true });

test('decodes a cursor to its position in its own ordering only', () => {
  fc.assert(
    fc.property(ordering, time, fc.uuid(), (order, instant, id) => {
      const cursor = encodeCursor(order, { time: instant, id });
      expect(cursor).toMatch(/^[\w-]{32}$/);
      expect(decodeCursor(order, cursor)).toEqual({ time: instant, id });
      expect(decodeCursor({ ...order, descending: !order.descending }, cursor)).toBeNull();
      expect(decodeCursor({ ...order, mark: order.mark + 1 }, cursor)).toBeNull();
    }),
  );
});

test('keeps the flag in a cursor of an ordering by a flag, and decodes it in no other ordering', () => {
  fc.assert(
    fc.property(ordering, time, fc.uuid(), fc.boolean(), (order, instant, id, flag) => {
      const flagged = { ...order, flagMark: order.mark + 1 };
      const cursor = encodeCursor(flagged, { time: instant, id, flag });
      expect(decodeCursor(flagged, cursor)).toEqual({ time: instant, id, flag });
      expect(decodeCursor({ ...flagged, descending: !order.descending }, cursor)).toBeNull();
      expect(decodeCursor({ mark: order.mark + 2, flagMark: order.mark + 3, descending: order.descending }, cursor)).toBeNull();
    }),
  );
});

test('decodes a cut, padded or altered cursor to null, or to a position that encodes to the same text', () => {
  fc.assert(
    fc.property(ordering, time, fc.uuid(), fc.nat(32), fc.string({ maxLength: 2 }), (order, instant, id, at, patch) => {
      const cursor = encodeCursor(order, { time: instant, id });
      for (const text of [cursor.slice(0, at), `${cursor}${patch}=`, `${cursor.slice(0, at)}${patch}${cursor.slice(at + patch.length)}`]) {
        const position = decodeCursor(order, text);
        if (position !== null) expect(encodeCursor(order, position)).toBe(text);
      }
      expect(decodeCursor(order, cursor.slice(0, Math.min(at, 31)))).toBeNull();
      expect(decodeCursor(order, `${cursor}=`)).toBeNull();
    }),
  );
});
