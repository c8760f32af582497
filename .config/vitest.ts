import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // As Node resolves: one graphql package, not its module twin beside the one that Yoga requires.
  resolve: { alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }] },
  test: {
    root: `${import.meta.dirname}/..`,
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/template.ts'],
    maxWorkers: 2,
    // Two noisy cores: a slow machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
