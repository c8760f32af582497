import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { defaultPageSize, maxIds, maxPageSize } from './limits.ts';

/** What a list without pages counts as: the attachments of a message, its reactions. */
const plainListSize = 10;

type Variables = Readonly<Record<string, unknown>>;
type Fields = Map<string, FieldNode[]>;

interface Walk {
  schema: GraphQLSchema;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
}

/**
 * The rows that a valid operation may return, plus one a connection; of a subscription, for each event. Selections are merged, skipped and narrowed as
 * the executor does it. Every object that is shown counts as a row, an edge and its node as one; so does a page of which only `pageInfo` is asked, but not
 * a total alone. Variables are read as they came: an operation with one that does not coerce is refused when it runs.
 */
export function priceOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): number {
  const root = schema.getRootType(operation.operation);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions) if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  const walk = { schema, fragments, variables: withDefaults(operation, variables) };
  return root ? rowsOfObject(walk, root, fieldsOf(walk, root, [operation.selectionSet])) : 0;
}

function withDefaults({ variableDefinitions = [] }: OperationDefinitionNode, given: Variables): Record<string, unknown> {
  const variables = { ...given };
  for (const { variable, defaultValue } of variableDefinitions) {
    if (defaultValue && variables[variable.name.value] === undefined) variables[variable.name.value] = valueFromASTUntyped(defaultValue);
  }
  return variables;
}

/** The rows that an object's fields bring; the object itself is not among them. */
function rowsOfObject(walk: Walk, type: GraphQLObjectType, fields: Fields): number {
  let rows = 0;
  for (const nodes of fields.values()) rows += rowsOfField(walk, type, nodes);
  return rows;
}

/** The rows of one field, which `nodes` select together. */
function rowsOfField(walk: Walk, parent: GraphQLObjectType, nodes: readonly FieldNode[]): number {
  const [node] = nodes;
  const field = node && parent.getFields()[node.name.value];
  // Introspection returns no rows; how much it may ask for is limited by its shape.
  if (!field) return 0;
  const type = getNamedType(field.type);
  if (!isCompositeType(type) || type.name === 'PageInfo') return 0;
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  if (isConnection(type)) return 1 + pageSize(walk, node) * rowsOfItem(walk, type, sets);
  const below = rowsBelow(walk, type, sets);
  if (isEdge(parent)) return below;
  return (1 + below) * (isListType(getNullableType(field.type)) && !isConnection(parent) ? listSize(walk, node) : 1);
}

/** Of a type of several, the dearest counts. */
function rowsBelow(walk: Walk, type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): number {
  const types = isObjectType(type) ? [type] : walk.schema.getPossibleTypes(type);
  return Math.max(0, ...types.map((each) => rowsOfObject(walk, each, fieldsOf(walk, each, sets))));
}

/** What one item of a page brings, itself included. */
function rowsOfItem(walk: Walk, type: GraphQLObjectType, sets: readonly SelectionSetNode[]): number {
  const fields = fieldsOf(walk, type, sets);
  const readsPage = fields.values().some(([node]) => node?.name.value === 'pageInfo');
  return Math.max(rowsOfObject(walk, type, fields), readsPage ? 1 : 0);
}

function isConnection(type: GraphQLNamedType): type is GraphQLObjectType {
  return isObjectType(type) && 'pageInfo' in type.getFields();
}

function isEdge(type: GraphQLObjectType): boolean {
  return type.name.endsWith('Edge') && 'cursor' in type.getFields();
}

/** A size out of its range is refused by the resolver, which says more. A page that splits no instant goes on past its size: it counts as the largest. */
function pageSize(walk: Walk, node: FieldNode): number {
  if (argument(walk, node, 'withTies') === true) return maxPageSize;
  const size = argument(walk, node, 'first') ?? argument(walk, node, 'last');
  return typeof size === 'number' ? Math.min(Math.max(size, 0), maxPageSize) : defaultPageSize;
}

/** A list that is asked for by ids has as many items. */
function listSize(walk: Walk, node: FieldNode): number {
  const ids = argument(walk, node, 'ids');
  if (ids == null) return plainListSize;
  return Array.isArray(ids) ? Math.min(ids.length, maxIds) : 1;
}

function argument({ variables }: Walk, { arguments: given = [] }: { arguments?: FieldNode['arguments'] }, name: string): unknown {
  const node = given.find((each) => each.name.value === name);
  return node && valueFromASTUntyped(node.value, variables);
}

/** Fields by the name that they are answered under, as the executor collects them: not of fragments on other types, not what is skipped. */
function fieldsOf(walk: Walk, type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Fields {
  const fields: Fields = new Map();
  const spread = new Set<string>();
  const collect = ({ selections }: SelectionSetNode) => {
    for (const selection of selections) {
      if (isSkipped(walk, selection)) continue;
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const nodes = fields.get(name);
        if (nodes) nodes.push(selection);
        else fields.set(name, [selection]);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragmentOnce(walk, selection.name.value, spread);
      if (fragment && applies(walk, type, fragment.typeCondition?.name.value)) collect(fragment.selectionSet);
    }
  };
  for (const set of sets) collect(set);
  return fields;
}

function fragmentOnce({ fragments }: Walk, name: string, spread: Set<string>): FragmentDefinitionNode | undefined {
  if (spread.has(name)) return undefined;
  spread.add(name);
  return fragments.get(name);
}

function isSkipped(walk: Walk, { directives = [] }: SelectionNode): boolean {
  return directives.some((directive) => {
    if (directive.name.value === 'skip') return argument(walk, directive, 'if') === true;
    return directive.name.value === 'include' && argument(walk, directive, 'if') === false;
  });
}

function applies({ schema }: Walk, type: GraphQLObjectType, condition: string | undefined): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wanted = schema.getType(condition);
  return isAbstractType(wanted) && schema.isSubType(wanted, type);
}
