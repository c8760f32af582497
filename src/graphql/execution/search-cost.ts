import { type FieldNode, type GraphQLNamedType, type GraphQLObjectType, getNamedType, isCompositeType, isObjectType } from 'graphql';
import { argument, type Fields, fieldsOf, type Selection } from './selected-fields.ts';

/**
 * The cost of a searched list in addition to its rows, and of its total, because a search may examine rows that it does not return. 50 aliases, the most in
 * an operation, of one search with its total cost more than an operation may.
 */
const costOfSearch = 1_000;

/** The cost of a field that examines rows beyond those that it returns, from its arguments. Such a field declares it as `extensions.examines`. */
type ExaminedCost = (argument: (name: string) => unknown) => number;

/**
 * Returns the cost of the searches in these fields: lists with an argument `query`, `filter.query` or `filter.metadata`, and fields that declare what they examine. A list costs the same for one parent
 * and for many: one statement reads all, and examines each item of the organization at most once.
 */
export function costOfSearches(selection: Selection, parent: GraphQLObjectType, fields: Fields): number {
  let cost = 0;
  for (const nodes of fields.values()) cost += costOfField(selection, parent, nodes);
  return cost;
}

function costOfField(selection: Selection, parent: GraphQLObjectType, nodes: readonly FieldNode[]): number {
  const [node] = nodes;
  const field = node && parent.getFields()[node.name.value];
  if (!field) return 0;
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const below = objectTypes(selection, getNamedType(field.type)).map((type) => ({ type, fields: fieldsOf(selection, type, sets) }));
  const lists = below.some(({ type }) => 'pageInfo' in type.getFields());
  const counts = below.some(({ fields }) => fields.values().some(([each]) => each?.name.value === 'totalCount'));
  const ofSearch = lists && isSearch(selection, node) ? costOfSearch * (counts ? 2 : 1) : 0;
  const examines = field.extensions.examines as ExaminedCost | undefined;
  const own = ofSearch + (examines?.((name) => argument(selection, node, name)) ?? 0);
  return below.reduce((cost, { type, fields }) => cost + costOfSearches(selection, type, fields), own);
}

function objectTypes({ schema }: Selection, type: GraphQLNamedType): readonly GraphQLObjectType[] {
  if (!isCompositeType(type)) return [];
  return isObjectType(type) ? [type] : schema.getPossibleTypes(type);
}

/** Fields of filters that no index covers alone. */
const searching = ['query', 'metadata'];

function isSearch(selection: Selection, node: FieldNode): boolean {
  const filter = argument(selection, node, 'filter');
  if (argument(selection, node, 'query') != null) return true;
  return typeof filter === 'object' && filter !== null && searching.some((name) => (filter as Record<string, unknown>)[name] != null);
}
