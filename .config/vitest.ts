import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';
import { propertySeed } from '../test/support/property-seed.ts';

const seed = String(propertySeed(process.env));
console.log(`PROPERTY_SEED=${seed}`);

export default defineConfig({
  // As Node resolves: one graphql package, not its module twin beside the one that Yoga requires.
  resolve: { alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }] },
  test: {
    root: `${import.meta.dirname}/..`,
    include: ['test/**/*.test.ts'],
    // These have packages and a run of their own: `npm run test:clients`, `npm run bench`.
    exclude: ['test/long/**', 'test/clients/{node_modules,apollo,relay,urql,examples}/**', 'test/bench/**'],
    globalSetup: ['test/support/template.ts'],
    setupFiles: ['test/support/property-seed.ts'],
    env: { PROPERTY_SEED: seed },
    maxWorkers: 2,
    // Files of one worker share what they import: each has an app and a database of its own, so that only code is shared. A third less time.
    isolate: false,
    // Two noisy cores: a slow machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
