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
import { argument, type Fields, fieldsOf, type Selection, selectionOf, type Variables } from './collect.ts';
import { defaultPageSize, maxIds, maxPageSize, maxTies } from './limits.ts';

/**
 * The rows that a valid operation may return, plus one a connection; of a subscription, for each event. Selections are merged, skipped and narrowed as
 * the executor does it. Every object that is shown counts as a row, an edge and its node as one; so does a page of which only `pageInfo` is asked, but not
 * a total alone. Variables are read as they came: an operation with one that does not coerce is refused when it runs.
 */
export function priceOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): number {
  const root = schema.getRootType(operation.operation);
  const selection = selectionOf(schema, document, operation, variables);
  return root ? rowsOfObject(selection, root, fieldsOf(selection, root, [operation.selectionSet])) : 0;
}

/** The rows that an object's fields bring; the object itself is not among them. `given`: of a mutation's payload, how many items it answers for. */
function rowsOfObject(selection: Selection, type: GraphQLObjectType, fields: Fields, given = 0): number {
  let rows = 0;
  for (const nodes of fields.values()) rows += rowsOfField(selection, type, nodes, given);
  return rows;
}

/** The rows of one field, which `nodes` select together. */
function rowsOfField(selection: Selection, parent: GraphQLObjectType, nodes: readonly FieldNode[], given: number): number {
  const [node] = nodes;
  const field = node && parent.getFields()[node.name.value];
  // Introspection returns no rows; how much it may ask for is limited by its shape.
  if (!field) return 0;
  const type = getNamedType(field.type);
  if (!isCompositeType(type) || type.name === 'PageInfo') return 0;
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  if (isConnection(type)) return 1 + pageSize(selection, node) * rowsOfItem(selection, type, sets);
  const items = parent === selection.schema.getMutationType() ? givenItems(selection, field, node) : 0;
  const below = rowsBelow(selection, type, sets, items);
  if (isEdge(parent)) return below;
  // The items of a page are counted with it.
  if (!isListType(getNullableType(field.type)) || isConnection(parent)) return 1 + below;
  // A list without pages says beside its resolver how many it has at most, unless it is asked for so many.
  const most = field.extensions.maxItems as number | undefined;
  return (1 + below) * (askedFor(selection, node) ?? most ?? given);
}

/** Of a type of several, the dearest counts. */
function rowsBelow(selection: Selection, type: GraphQLCompositeType, sets: readonly SelectionSetNode[], given: number): number {
  const types = isObjectType(type) ? [type] : selection.schema.getPossibleTypes(type);
  return Math.max(0, ...types.map((each) => rowsOfObject(selection, each, fieldsOf(selection, each, sets), given)));
}

/** What one item of a page brings, itself included. */
function rowsOfItem(selection: Selection, type: GraphQLObjectType, sets: readonly SelectionSetNode[]): number {
  const fields = fieldsOf(selection, type, sets);
  const readsPage = fields.values().some(([node]) => node?.name.value === 'pageInfo');
  return Math.max(rowsOfObject(selection, type, fields), readsPage ? 1 : 0);
}

function isConnection(type: GraphQLNamedType): type is GraphQLObjectType {
  return isObjectType(type) && 'pageInfo' in type.getFields();
}

function isEdge(type: GraphQLObjectType): boolean {
  return type.name.endsWith('Edge') && 'cursor' in type.getFields();
}

/** A size out of its range is refused by the resolver, which says more. A page that splits no instant may go on past its size. */
function pageSize(selection: Selection, node: FieldNode): number {
  const size = askedFor(selection, node) ?? defaultPageSize;
  return argument(selection, node, 'withTies') === true ? size + maxTies : size;
}

/** How many a list is asked for, by a size or by ids; null where it is not said. */
function askedFor(selection: Selection, node: FieldNode): number | null {
  const size = argument(selection, node, 'first') ?? argument(selection, node, 'last');
  if (typeof size === 'number') return Math.min(Math.max(size, 0), maxPageSize);
  const ids = argument(selection, node, 'ids');
  if (ids == null) return null;
  return Array.isArray(ids) ? Math.min(ids.length, maxIds) : 1;
}

/** What a mutation says of each item that it was given: a list of its payload has as many. One that stands where a list may is a list of one. */
function givenItems(selection: Selection, { args }: GraphQLField<unknown, unknown>, node: FieldNode): number {
  const type = getNamedType(args.find(({ name }) => name === 'input')?.type);
  const input = argument(selection, node, 'input');
  if (!isInputObjectType(type) || typeof input !== 'object' || input === null) return 0;
  const lists = Object.values(type.getFields()).filter((field) => isListType(getNullableType(field.type)));
  const sizes = lists.map(({ name }) => {
    const given = (input as Record<string, unknown>)[name];
    return Array.isArray(given) ? given.length : given == null ? 0 : 1;
  });
  return Math.max(0, ...sizes);
}
