import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertySeed } from './property-seed.ts';

test('gives every property the seed that the run printed', () => {
  const seed = Number(process.env.PROPERTY_SEED);
  expect(Number.isInteger(seed)).toBe(true);
  expect(fc.readConfigureGlobal().seed).toBe(seed);
  expect(fc.check(fc.property(fc.integer(), () => true)).seed).toBe(seed);
  expect(fc.sample(fc.integer(), 5)).toEqual(fc.sample(fc.integer(), { numRuns: 5, seed }));
});

test('uses PROPERTY_SEED, else a fixed seed in CI and a random one elsewhere', () => {
  expect(propertySeed({ PROPERTY_SEED: '-7', CI: '1' })).toBe(-7);
  expect(propertySeed({ CI: '1' })).toBe(propertySeed({ CI: 'true', PROPERTY_SEED: '' }));
  expect(new Set(Array.from({ length: 10 }, () => propertySeed({}))).size).toBeGreaterThan(1);
  for (const PROPERTY_SEED of ['x', '1.5', '99999999999'])
    expect(() => propertySeed({ PROPERTY_SEED })).toThrow('PROPERTY_SEED must be an integer of 32 bits');
});
