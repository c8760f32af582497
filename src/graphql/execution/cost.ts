import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInputObjectType,
  isListType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { defaultPageSize, maxIds, maxPageSize } from '../limits.ts';
import { sizeArgument } from '../schema/page-arguments.ts';
import { costOfSearches } from './search-cost.ts';
import { argument, type Fields, fieldsOf, type Selection, selectionOf, type Variables } from './selected-fields.ts';

/** The rows and the leaf values that an operation may return. */
export interface Cost {
  rows: number;
  values: number;
}

/** The cost of an operation. `isFixed`: it is the same for all values of variables. */
interface CostOfRun extends Cost {
  isFixed: boolean;
}

const nothing: Cost = { rows: 0, values: 0 };
const oneRow: Cost = { rows: 1, values: 0 };
const oneValue: Cost = { rows: 0, values: 1 };

/**
 * Computes how much a valid operation may return and its searches may examine; for a subscription, with each event. Selections are merged, skipped and
 * narrowed as in the executor. Rows: each object counts as one, an edge and its node together as one. A connection adds one. A page with only `pageInfo`
 * selected counts as full, a total alone does not. A search adds what it may examine. Values: each scalar, enum value or list of them counts as one.
 * Variables are not coerced: an operation with an invalid one is refused when it runs.
 */
export function costOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): CostOfRun {
  const root = schema.getRootType(operation.operation);
  if (!root) return { ...nothing, isFixed: true };
  const selection = selectionOf(schema, document, operation, variables);
  const fields = fieldsOf(selection, root, [operation.selectionSet]);
  const cost = plus(costOfObject(selection, root, fields), { rows: costOfSearches(selection, root, fields), values: 0 });
  return { ...cost, isFixed: !selection.readVariables };
}

/** Returns the cost of an object's fields, without the object. `items` is the number of items in a mutation's input, and so in its payload. */
function costOfObject(selection: Selection, type: GraphQLObjectType, fields: Fields, items = 0): Cost {
  let cost = nothing;
  for (const nodes of fields.values()) cost = plus(cost, costOfField(selection, type, nodes, items));
  return cost;
}

/** Returns the cost of one field, which `nodes` select together. */
function costOfField(selection: Selection, parent: GraphQLObjectType, nodes: readonly FieldNode[], items: number): Cost {
  const [node] = nodes;
  const field = node && parent.getFields()[node.name.value];
  // Introspection returns no rows; its size is limited by its shape.
  if (!field) return node?.name.value === '__typename' ? oneValue : nothing;
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return oneValue;
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  if (isConnection(type)) return plus(oneRow, costOfPage(selection, type, sets, pageSize(selection, node)));
  const below = costBelow(selection, type, sets, parent === selection.schema.getMutationType() ? inputItems(selection, field, node) : 0);
  if (isEdge(parent) || type.name === 'PageInfo') return below;
  const item = plus(oneRow, below);
  // The items of a page are counted with it.
  if (!isListType(getNullableType(field.type)) || isConnection(parent)) return item;
  // A list without pages declares its greatest length beside its resolver; a requested size counts instead.
  const most = field.extensions.maxItems as number | undefined;
  return times(item, requestedSize(selection, node) ?? most ?? items);
}

/** Returns the cost of the most expensive possible type. */
function costBelow(selection: Selection, type: GraphQLCompositeType, sets: readonly SelectionSetNode[], items: number): Cost {
  const types = isObjectType(type) ? [type] : selection.schema.getPossibleTypes(type);
  return types.map((each) => costOfObject(selection, each, fieldsOf(selection, each, sets), items)).reduce(larger, nothing);
}

/** Returns the cost of a page: that of an item times the size, and once that of the other fields. */
function costOfPage(selection: Selection, type: GraphQLObjectType, sets: readonly SelectionSetNode[], size: number): Cost {
  const fields = fieldsOf(selection, type, sets);
  let [ofItem, ofPage] = [nothing, nothing];
  for (const nodes of fields.values()) {
    const cost = costOfField(selection, type, nodes, 0);
    if (cost.rows > 0) ofItem = plus(ofItem, cost);
    else ofPage = plus(ofPage, cost);
  }
  const readsPage = fields.values().some(([node]) => node?.name.value === 'pageInfo');
  if (readsPage) ofItem = larger(ofItem, oneRow);
  return plus(ofPage, times(ofItem, size));
}

function plus(one: Cost, other: Cost): Cost {
  return { rows: one.rows + other.rows, values: one.values + other.values };
}

function times({ rows, values }: Cost, count: number): Cost {
  return { rows: rows * count, values: values * count };
}

/** Returns the larger number of each kind. */
function larger(one: Cost, other: Cost): Cost {
  return { rows: Math.max(one.rows, other.rows), values: Math.max(one.values, other.values) };
}

function isConnection(type: GraphQLNamedType): type is GraphQLObjectType {
  return isObjectType(type) && 'pageInfo' in type.getFields();
}

function isEdge(type: GraphQLObjectType): boolean {
  return type.name.endsWith('Edge') && 'cursor' in type.getFields();
}

/** Returns the size of a page. The resolver refuses invalid sizes. */
function pageSize(selection: Selection, node: FieldNode): number {
  return requestedSize(selection, node) ?? defaultPageSize;
}

/** Returns the requested number of items, by a size or by ids; null if neither is given. */
function requestedSize(selection: Selection, node: FieldNode): number | null {
  const valueOfArgument = (name: string) => argument(selection, node, name);
  const name = sizeArgument({
    first: valueOfArgument('first'),
    last: valueOfArgument('last'),
    after: valueOfArgument('after'),
    before: valueOfArgument('before'),
  });
  const size = valueOfArgument(name ?? 'first');
  if (typeof size === 'number') return Math.min(Math.max(size, 0), maxPageSize);
  const ids = valueOfArgument('ids');
  if (ids == null) return null;
  return Array.isArray(ids) ? Math.min(ids.length, maxIds) : 1;
}

/** Returns the number of items in a mutation's input: lists of its payload have as many. A value in place of a list is a list of one. */
function inputItems(selection: Selection, { args }: GraphQLField<unknown, unknown>, node: FieldNode): number {
  const type = getNamedType(args.find(({ name }) => name === 'input')?.type);
  const input = argument(selection, node, 'input');
  if (!isInputObjectType(type) || typeof input !== 'object' || input === null) return 0;
  const lists = Object.values(type.getFields()).filter((field) => isListType(getNullableType(field.type)));
  const sizes = lists.map(({ name }) => {
    const value = (input as Record<string, unknown>)[name];
    return Array.isArray(value) ? value.length : value == null ? 0 : 1;
  });
  return Math.max(0, ...sizes);
}
