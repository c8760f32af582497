import {
  type ASTNode,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getArgumentValues,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  visit,
} from 'graphql';
import { declaredScopes } from '../../auth/declared-scopes.ts';
import type { Scope } from '../../auth/scopes.ts';
import { badInput } from '../../errors.ts';
import { fieldsOf, type Selection } from '../execution/collect.ts';
import { lacking } from './authorization.ts';

/** A field's extension `checkArguments`: throws for arguments that its resolver would refuse, and for those that only data can decide about. */
type CheckArguments = (args: object) => void;

/** The extension of a field that `check` is for. GraphQL has coerced the arguments to the field's own types. */
export function argumentsOfPayload<Args extends object>(check: (args: Args) => void): { checkArguments: CheckArguments } {
  return { checkArguments: check as CheckArguments };
}

/**
 * Checks the fields that are selected below a mutation: their conditions, scopes and arguments. A mutation calls it before it writes, because a refusal must
 * mean that nothing changed. @throws FORBIDDEN, BAD_USER_INPUT
 */
export function checkPayload(info: GraphQLResolveInfo, scopes: ReadonlySet<Scope>): void {
  const selection: Selection = { schema: info.schema, fragments: new Map(Object.entries(info.fragments)), variables: info.variableValues };
  for (const node of info.fieldNodes) checkConditions(selection, node, new Set());
  checkBelow(selection, getNamedType(info.returnType).name, info.fieldNodes, (needed) => {
    const missing = needed.filter((scope) => !scopes.has(scope));
    if (missing.length > 0) throw lacking(missing);
  });
}

/** A variable with a default may be null where `@skip` and `@include` need a Boolean: the executor refuses that only when it gets there. */
function checkConditions(selection: Selection, within: ASTNode, spread: Set<string>): void {
  visit(within, {
    Directive({ arguments: given = [] }) {
      for (const { name, value } of given) {
        if (value.kind !== Kind.VARIABLE || selection.variables[value.name.value] !== null) continue;
        throw badInput(name.value, 'must not be null');
      }
    },
    FragmentSpread({ name }) {
      const fragment = selection.fragments.get(name.value);
      if (!fragment || spread.has(name.value)) return;
      spread.add(name.value);
      checkConditions(selection, fragment, spread);
    },
  });
}

type CheckScopes = (needed: readonly Scope[]) => void;

function checkBelow(selection: Selection, typeName: string, nodes: readonly FieldNode[], checkScopes: CheckScopes): void {
  const type = selection.schema.getType(typeName);
  const types = isObjectType(type) ? [type] : isAbstractType(type) ? selection.schema.getPossibleTypes(type) : [];
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  for (const each of types)
    for (const selected of fieldsOf(selection, each, sets).values()) checkField(selection, each, selected, checkScopes);
}

function checkField(selection: Selection, parent: GraphQLObjectType, nodes: readonly FieldNode[], checkScopes: CheckScopes): void {
  const [node] = nodes;
  const field = node && parent.getFields()[node.name.value];
  // `__typename` needs no scope and has no arguments.
  if (!field) return;
  const type = getNamedType(field.type);
  checkScopes([...declaredScopes(field), ...declaredScopes(isObjectType(type) ? type : null)]);
  const check = field.extensions.checkArguments as CheckArguments | undefined;
  const args = getArgumentValues(field, node, selection.variables);
  check?.(args);
  checkBelow(selection, type.name, nodes, checkScopes);
}
