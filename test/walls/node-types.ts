import { isObjectType } from 'graphql';
import { schema } from '../../src/graphql/built-schema.ts';
import type { NodeType } from '../../src/values/ids.ts';

export type { NodeType };

/** The types that `node` can return, by the schema. */
export const nodeTypes = schema.getPossibleTypes(nodeInterface()).map(({ name }) => name as NodeType);

function nodeInterface() {
  const type = schema.getType('Node');
  if (!type || isObjectType(type) || !('resolveType' in type)) throw new Error('the schema has no interface Node');
  return type as Parameters<typeof schema.getPossibleTypes>[0];
}
