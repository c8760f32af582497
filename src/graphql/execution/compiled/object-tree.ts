import type { AnswerSize } from '../answer-size.ts';
import { jsonBytes } from '../json-bytes.ts';
import type { Keys, Output } from './output.ts';

/** Builds an answer of objects and arrays, for callers in this process. The bytes of numbers and times are counted approximately. */
export const objectTree: Output = {
  leaf(value: unknown, answer: AnswerSize): unknown {
    answer.count(jsonBytes(value));
    return value;
  },
  list: (items: readonly unknown[]): unknown => items,
  object({ names }: Keys, values: readonly unknown[]): unknown {
    // Without a prototype, because an alias may be `__proto__`.
    const object: Record<string, unknown> = Object.create(null);
    for (const [index, name] of names.entries()) object[name] = values[index];
    return object;
  },
  whole: (data) => data,
};
