import type { ComplexityErrorKind, ComplexityResult } from '@pothos/plugin-complexity';
import { type GraphQLOutputType, getNamedType, isLeafType } from 'graphql';
import { ParleyError } from '../errors.ts';

/**
 * The price of an operation is the rows that it may return, plus one a connection: a connection multiplies what is below it by its page
 * (see `connectionPrice`), its items and every other object cost one, scalars and the page's own fields nothing.
 */
export function priceOf(name: string, type: GraphQLOutputType): { field: number; multiplier: number } {
  const free = isLeafType(getNamedType(type)) || name === 'pageInfo' || name === 'node';
  return { field: free ? 0 : 1, multiplier: 1 };
}

/** Of a connection field: one, and as often what is below as the page may hold items. */
export function connectionPrice(args: { first?: number | null; last?: number | null }): { field: number; multiplier: number } {
  return { field: 1, multiplier: Math.max(0, args.first ?? args.last ?? 50) };
}

export function tooComplex(
  kind: ComplexityErrorKind,
  result: ComplexityResult & { maxComplexity?: number; maxDepth?: number; maxBreadth?: number },
): ParleyError {
  const { complexity, depth, breadth, maxComplexity, maxDepth, maxBreadth } = result;
  const messages: Record<string, string> = {
    Complexity: `the operation may return ${complexity} rows; at most ${maxComplexity} are allowed: ask for smaller pages`,
    Depth: `the operation is ${depth} levels deep; at most ${maxDepth} are allowed`,
    Breadth: `the operation selects ${breadth} fields; at most ${maxBreadth} are allowed`,
  };
  return new ParleyError('QUERY_TOO_COMPLEX', messages[kind] ?? 'the operation is too complex', {
    price: complexity,
    limit: maxComplexity,
  });
}
