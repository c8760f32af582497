import { type ASTNode, BREAK, type DocumentNode, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, visit } from 'graphql';

export const valueKinds: readonly string[] = [
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
  Kind.VARIABLE,
];

/** Returns the argument or input field that a value in a document belongs to, such as `filter.types[0]`; null if it belongs to none. */
export function placeOfValue(value: ASTNode, document: DocumentNode): string | null {
  for (const definition of document.definitions) {
    const place = search(definition, (node) => node === value);
    if (place === null) continue;
    const { steps, variable } = place;
    if (variable === null) return steps === '' ? null : steps;
    // The default of a variable belongs to the place where the variable is used.
    const used = definition.kind === Kind.OPERATION_DEFINITION ? placeOfVariable(variable, definition, document) : null;
    return used && `${used}${steps.startsWith('[') || steps === '' ? steps : `.${steps}`}`;
  }
  return null;
}

/** Returns the first argument or input field in which an operation or its fragments use a variable; null if they do not use it. */
export function placeOfVariable(name: string, operation: OperationDefinitionNode, document: DocumentNode): string | null {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions) if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  const reached = new Set<OperationDefinitionNode | FragmentDefinitionNode>([operation]);
  for (const definition of reached) {
    const place = search(definition, (node, declared) => !declared && node.kind === Kind.VARIABLE && node.name.value === name);
    if (place !== null) return place.steps;
    for (const spread of spreadsIn(definition)) {
      const fragment = fragments.get(spread);
      if (fragment !== undefined) reached.add(fragment);
    }
  }
  return null;
}

/** Returns the steps to the first matching node. `variable` is the variable in whose definition it is. */
function search(
  within: ASTNode,
  matches: (node: ASTNode, declared: boolean) => boolean,
): { steps: string; variable: string | null } | null {
  const steps: string[] = [];
  let variable: string | null = null;
  let found = false;
  visit(within, {
    enter(node, key, parent) {
      if (node.kind === Kind.VARIABLE_DEFINITION) variable = node.variable.name.value;
      steps.push(stepTo(node, key, parent));
      found = matches(node, variable !== null);
      return found ? BREAK : undefined;
    },
    leave(node) {
      if (node.kind === Kind.VARIABLE_DEFINITION) variable = null;
      steps.pop();
    },
  });
  return found ? { steps: steps.join('').replace(/^\./, ''), variable } : null;
}

function stepTo(node: ASTNode, key: unknown, parent: unknown): string {
  if (node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD) return `.${node.name.value}`;
  return Array.isArray(parent) && valueKinds.includes(node.kind) ? `[${key}]` : '';
}

function spreadsIn(definition: ASTNode): Set<string> {
  const names = new Set<string>();
  visit(definition, { FragmentSpread: ({ name }) => void names.add(name.value) });
  return names;
}
