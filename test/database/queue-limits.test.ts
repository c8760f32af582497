import { expect, test } from 'vitest';
import { limitsOf } from '../../src/database/queue-limits.ts';

const sizes = Array.from({ length: 997 }, (_, index) => index + 4);

test('in a pool of any size, the gateway keeps connections, and an organization and a caller leave some to the next', () => {
  for (const { connections, reserved, perOrganization, perCaller } of sizes.map((size) => limitsOf(size, 0))) {
    expect(reserved).toBeGreaterThanOrEqual(2);
    expect(perOrganization).toBeLessThan(connections - reserved);
    expect(perCaller).toBeGreaterThanOrEqual(1);
    expect(perCaller).toBeLessThanOrEqual(perOrganization);
    // In the smallest pools an organization has one connection.
    if (perOrganization > 1) expect(perCaller).toBeLessThan(perOrganization);
  }
});

test('of 10 connections the gateway keeps 2, an organization may hold 6 and a caller 3', () => {
  expect(limitsOf(10, 5_000)).toEqual({ connections: 10, reserved: 2, perOrganization: 6, perCaller: 3, waitMs: 5_000 });
});
