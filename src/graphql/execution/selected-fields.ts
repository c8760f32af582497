import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';

export type Variables = Readonly<Record<string, unknown>>;
/** Selected fields by their name in the answer. */
export type Fields = Map<string, FieldNode[]>;

/** The parts of an operation that decide which fields are selected. */
export interface Selection {
  schema: GraphQLSchema;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
  /** True once an argument was read whose value may depend on variables. */
  readVariables: boolean;
}

/** Returns the selection of an operation. Variables are not coerced; absent ones have their defaults. */
export function selectionOf(
  schema: GraphQLSchema,
  { definitions }: DocumentNode,
  { variableDefinitions = [] }: OperationDefinitionNode,
  values: Variables,
): Selection {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of definitions) if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  // Without a prototype, because a variable may be called `__proto__`.
  const variables: Record<string, unknown> = Object.assign(Object.create(null), values);
  for (const { variable, defaultValue } of variableDefinitions) {
    if (defaultValue && variables[variable.name.value] === undefined) variables[variable.name.value] = valueFromASTUntyped(defaultValue);
  }
  return { schema, fragments, variables, readVariables: false };
}

/** Returns the value of an argument of a field or directive, not coerced; undefined if it is absent. */
export function argument(selection: Selection, { arguments: nodes = [] }: { arguments?: readonly ArgumentNode[] }, name: string): unknown {
  const node = nodes.find((each) => each.name.value === name);
  if (node === undefined) return undefined;
  const { kind } = node.value;
  // A list or an object may hold one.
  if (kind === Kind.VARIABLE || kind === Kind.LIST || kind === Kind.OBJECT) selection.readVariables = true;
  return valueFromASTUntyped(node.value, selection.variables);
}

/** Collects the selected fields of a type as the executor does: without fragments on other types and without skipped fields. */
export function fieldsOf(
  selection: Selection,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
  skips: (selection: Selection, node: SelectionNode) => boolean = isSkipped,
): Fields {
  const fields: Fields = new Map();
  const spread = new Set<string>();
  const collect = ({ selections }: SelectionSetNode) => {
    for (const each of selections) {
      if (each.kind === Kind.FRAGMENT_SPREAD && spread.has(each.name.value)) continue;
      if (skips(selection, each)) continue;
      if (each.kind === Kind.FIELD) {
        const name = (each.alias ?? each.name).value;
        const nodes = fields.get(name);
        if (nodes) nodes.push(each);
        else fields.set(name, [each]);
        continue;
      }
      if (each.kind === Kind.FRAGMENT_SPREAD) spread.add(each.name.value);
      const fragment = each.kind === Kind.INLINE_FRAGMENT ? each : selection.fragments.get(each.name.value);
      if (fragment && applies(selection, type, fragment.typeCondition?.name.value)) collect(fragment.selectionSet);
    }
  };
  for (const set of sets) collect(set);
  return fields;
}

function isSkipped(selection: Selection, { directives = [] }: SelectionNode): boolean {
  return directives.some((directive) => {
    if (directive.name.value === 'skip') return argument(selection, directive, 'if') === true;
    return directive.name.value === 'include' && argument(selection, directive, 'if') === false;
  });
}

function applies({ schema }: Selection, type: GraphQLObjectType, condition: string | undefined): boolean {
  if (condition === undefined || condition === type.name) return true;
  const conditionType = schema.getType(condition);
  return isAbstractType(conditionType) && schema.isSubType(conditionType, type);
}
