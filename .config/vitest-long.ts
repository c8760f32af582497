import { mergeConfig } from 'vitest/config';
import ordinary from './vitest.ts';

// `npm run test:long`: what takes minutes, or measures time. One file at a time, so that none disturbs the numbers of another.
const long = mergeConfig(ordinary, { test: { maxWorkers: 1, fileParallelism: false, testTimeout: 600_000 } });
export default { ...long, test: { ...long.test, include: ['test/long/**/*.test.ts'], exclude: [] } };
