import type { GraphQLLeafType } from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import type { Run } from './run.ts';

/** Completes scalars and enum values. */
export function completeLeaf(type: GraphQLLeafType) {
  return (run: Run, value: unknown): unknown => {
    const serialized: unknown = type.serialize(value);
    if (serialized == null) {
      const call = `${inspect(type)}.serialize(${inspect(value)})`;
      throw new Error(`Expected \`${call}\` to return non-nullable value, returned: ${inspect(serialized)}`);
    }
    return run.output.leaf(serialized, run.answer);
  };
}
