import type { Scenario } from '../scenario.ts';
import { s1 } from './s1.ts';
import { s2 } from './s2.ts';

/** In the order in which they run. */
export const scenarios: readonly Scenario[] = [s1, s2];
