import type { Problems } from './refusal.ts';

/** What a client sent, by name, as it came, and what is wrong with the values that cannot be read. */
export interface Values {
  values: Readonly<Record<string, unknown>>;
  problems: Problems;
}
