// The seed of all properties. One run has one seed, so that a failure can be repeated.
import fc from 'fast-check';

/** The seed of every run of CI, so that it tests each change with the same examples. */
const seedOfCi = 20_261_121;

/** Returns PROPERTY_SEED, else a seed that is fixed in CI and random elsewhere. @throws if PROPERTY_SEED is no integer of 32 bits */
export function propertySeed({ PROPERTY_SEED, CI }: NodeJS.ProcessEnv): number {
  if (PROPERTY_SEED === undefined || PROPERTY_SEED === '') return CI ? seedOfCi : Math.floor(Math.random() * 2 ** 31);
  const seed = Number(PROPERTY_SEED);
  if (!Number.isInteger(seed) || (seed | 0) !== seed) throw new Error(`PROPERTY_SEED must be an integer of 32 bits, not ${PROPERTY_SEED}`);
  return seed;
}

// In a worker, where the configuration has set the variable.
if (process.env.VITEST_POOL_ID !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: propertySeed(process.env) });
