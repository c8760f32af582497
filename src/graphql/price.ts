import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { argument, type Fields, fieldsOf, type Selection, selectionOf, type Variables } from './collect.ts';
import { defaultPageSize, maxIds, maxPageSize } from './limits.ts';

/** What a list without pages or bounds counts as, the attachments of a message or its reactions: an estimate, which few pass. */
const plainListSize = 10;

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

/** The rows that an object's fields bring; the object itself is not among them. `plain`: items of its lists without pages. */
function rowsOfObject(selection: Selection, type: GraphQLObjectType, fields: Fields, plain = plainListSize): number {
  let rows = 0;
  for (const nodes of fields.values()) rows += rowsOfField(selection, type, nodes, plain);
  return rows;
}

/** The rows of one field, which `nodes` select together. */
function rowsOfField(selection: Selection, parent: GraphQLObjectType, nodes: readonly FieldNode[], plain: number): number {
  const [node] = nodes;
  const field = node && parent.getFields()[node.name.value];
  // Introspection returns no rows; how much it may ask for is limited by its shape.
  if (!field) return 0;
  const type = getNamedType(field.type);
  if (!isCompositeType(type) || type.name === 'PageInfo') return 0;
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  if (isConnection(type)) return 1 + pageSize(selection, node) * rowsOfItem(selection, type, sets);
  const below = rowsBelow(
    selection,
    type,
    sets,
    parent === selection.schema.getMutationType() ? givenItems(selection, node) : plainListSize,
  );
  if (isEdge(parent)) return below;
  return (1 + below) * (isListType(getNullableType(field.type)) && !isConnection(parent) ? listSize(selection, node, plain) : 1);
}

/** Of a type of several, the dearest counts. */
function rowsBelow(selection: Selection, type: GraphQLCompositeType, sets: readonly SelectionSetNode[], plain: number): number {
  const types = isObjectType(type) ? [type] : selection.schema.getPossibleTypes(type);
  return Math.max(0, ...types.map((each) => rowsOfObject(selection, each, fieldsOf(selection, each, sets), plain)));
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

/** A size out of its range is refused by the resolver, which says more. A page that splits no instant goes on past its size: it counts as the largest. */
function pageSize(selection: Selection, node: FieldNode): number {
  if (argument(selection, node, 'withTies') === true) return maxPageSize;
  const size = argument(selection, node, 'first') ?? argument(selection, node, 'last');
  return typeof size === 'number' ? Math.min(Math.max(size, 0), maxPageSize) : defaultPageSize;
}

/** A list that is asked for by ids has as many items. */
function listSize(selection: Selection, node: FieldNode, plain: number): number {
  const ids = argument(selection, node, 'ids');
  if (ids == null) return plain;
  return Array.isArray(ids) ? Math.min(ids.length, maxIds) : 1;
}

/** What a mutation says of each item that it was given: a list of its payload has as many. */
function givenItems(selection: Selection, node: FieldNode): number {
  const input = argument(selection, node, 'input');
  const lists = typeof input === 'object' && input !== null ? Object.values(input).filter(Array.isArray) : [];
  return lists.length === 0 ? plainListSize : Math.max(...lists.map(({ length }) => length));
}
