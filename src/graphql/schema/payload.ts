import {
  type ASTNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLOutputType,
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
import { fieldsOf, type Selection } from '../execution/selected-fields.ts';

/** A field's extension `checkArguments`. It throws for arguments that the resolver would refuse, and for those that only stored data can check. */
type CheckArguments = (args: object) => void;

/** Returns the extension of a field that checks its arguments in a payload. GraphQL has coerced the arguments. */
export function argumentsOfPayload<Args extends object>(check: (args: Args) => void): { checkArguments: CheckArguments } {
  return { checkArguments: check as CheckArguments };
}

/** Returns the scopes that the fields selected below a field need, with those of their types. */
export function payloadScopes(info: GraphQLResolveInfo): Scope[] {
  const scopes = new Set<Scope>();
  for (const { field } of fieldsBelow(selectionOf(info), info.returnType, info.fieldNodes)) {
    const type = getNamedType(field.type);
    for (const scope of [...declaredScopes(field), ...declaredScopes(isObjectType(type) ? type : null)]) scopes.add(scope);
  }
  return [...scopes];
}

/**
 * Checks the conditions and arguments of the fields that are selected below a mutation. A mutation calls it before it writes, because a refusal must mean
 * that nothing changed. Scopes are checked earlier: see `ScopesPlugin`. @throws BAD_USER_INPUT
 */
export function checkPayload(info: GraphQLResolveInfo): void {
  const selection = selectionOf(info);
  for (const node of info.fieldNodes) checkConditions(selection, node, new Set());
  for (const { field, node } of fieldsBelow(selection, info.returnType, info.fieldNodes)) {
    const check = field.extensions.checkArguments as CheckArguments | undefined;
    const args = getArgumentValues(field, node, selection.variables);
    check?.(args);
  }
}

function selectionOf({ schema, fragments, variableValues }: GraphQLResolveInfo): Selection {
  return { schema, fragments: new Map(Object.entries(fragments)), variables: variableValues, readVariables: false };
}

/** Refuses a null in `@skip` and `@include`. A variable with a default may be null there, and the executor would notice only after the mutation. */
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

interface SelectedField {
  field: GraphQLField<unknown, unknown>;
  node: FieldNode;
}

/** Yields the fields that nodes select below a type, at every level. For an interface it yields the fields of each of its types. */
function* fieldsBelow(selection: Selection, returned: GraphQLOutputType, nodes: readonly FieldNode[]): Generator<SelectedField> {
  const type = getNamedType(returned);
  const types = isObjectType(type) ? [type] : isAbstractType(type) ? selection.schema.getPossibleTypes(type) : [];
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  for (const each of types) {
    for (const selected of fieldsOf(selection, each, sets).values()) {
      const [node] = selected;
      const field = node && each.getFields()[node.name.value];
      // `__typename` needs no scope and has no arguments.
      if (!field) continue;
      yield { field, node };
      yield* fieldsBelow(selection, field.type, selected);
    }
  }
}
