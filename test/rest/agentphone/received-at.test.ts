import fc from 'fast-check';
import { expect, test } from 'vitest';
import { greatestRank, rankDigits, rankOf } from '../../../src/rest/agentphone/received-at.ts';

const rank = fc.oneof(fc.nat(greatestRank), fc.nat(2_000), fc.integer({ min: 90_000, max: 92_000 }));

test('reads the digits of a rank as that rank', () => {
  fc.assert(fc.property(rank, (rank) => void expect(rankOf(rankDigits(rank))).toEqual({ rank, exact: true })));
});

test('sorts as text in the order of ranks, and no rank’s digits begin another’s', () => {
  fc.assert(
    fc.property(rank, rank, (one, other) => {
      const [a, b] = [rankDigits(one), rankDigits(other)];
      expect(Math.sign(one - other)).toBe(a < b ? -1 : a > b ? 1 : 0);
      if (one !== other) expect(a.startsWith(b)).toBe(false);
    }),
  );
});

test('reads digits that no rank has as between two ranks', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-8]\d{0,15}$/), (digits) => {
      const { rank, exact } = rankOf(digits);
      const padded = (text: string) => text.padEnd(20, '0');
      expect(padded(rankDigits(rank)) <= padded(digits)).toBe(true);
      expect(padded(digits) < padded(rankDigits(rank + 1))).toBe(true);
      expect(exact).toBe(padded(rankDigits(rank)) === padded(digits));
    }),
  );
});

test.each([
  [0, '000'],
  [899, '899'],
  [900, '900000'],
  [90_899, '989999'],
  [90_900, '990000000'],
])('%d is written %s', (rank, digits) => {
  expect(rankDigits(rank)).toBe(digits);
});

test.each(['999999', '99999999999999999999'])('reads %s as beyond every rank', (digits) => {
  expect(rankOf(digits).rank).toBeGreaterThan(909_000_000);
});
