import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodePosition, encodePosition, isAfter, positionOf, uuidOf } from '../../../src/modules/event/store/position.ts';
import { decodeCursor, orderings } from '../../../src/values/cursor.ts';

const position = fc.record({ transactionId: fc.maxSafeNat(), id: fc.maxSafeNat() });

test('decodes a cursor to its position, and not as a cursor of another list', () => {
  fc.assert(
    fc.property(position, (at) => {
      const cursor = encodePosition(at);
      expect(cursor).toMatch(/^[\w-]{20}$/);
      expect(decodePosition(cursor)).toEqual(at);
      expect(decodeCursor({ mark: orderings.eventCommitted, descending: false }, cursor)).toBeNull();
    }),
  );
});

test('decodes a UUID to its position; any other UUID is null, or encodes to the same text', () => {
  fc.assert(fc.property(position, (at) => void expect(positionOf(uuidOf(at))).toEqual(at)));
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      const at = positionOf(uuid);
      if (at !== null) expect(uuidOf(at)).toBe(uuid);
    }),
  );
});

test('decodes an altered cursor to null, or to a position that encodes to the same text', () => {
  fc.assert(
    fc.property(position, fc.nat(20), fc.string({ maxLength: 2 }), (at, index, patch) => {
      const cursor = encodePosition(at);
      for (const text of [`${cursor}=`, `${cursor.slice(0, index)}${patch}${cursor.slice(index + patch.length)}`, cursor.slice(0, index)]) {
        const decoded = decodePosition(text);
        if (decoded !== null) expect(encodePosition(decoded)).toBe(text);
      }
      expect(decodePosition(cursor.slice(0, Math.min(index, 19)))).toBeNull();
    }),
  );
});

test('orders positions by transaction, then by id', () => {
  fc.assert(
    fc.property(position, position, (a, b) => {
      const [left, right] = [a, b].map(({ transactionId, id }) => BigInt(transactionId) * 2n ** 53n + BigInt(id));
      expect(isAfter(a, b)).toBe((left ?? 0n) > (right ?? 0n));
    }),
  );
});
