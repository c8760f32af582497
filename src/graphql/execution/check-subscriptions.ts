import { type DocumentNode, type FragmentDefinitionNode, Kind, OperationTypeNode, type SelectionSetNode } from 'graphql';
import { refusedOperation } from '../errors.ts';

/**
 * Refuses `@skip` and `@include` at the root of a subscription, as GraphQL's newer specification does: without its root field it has no events.
 * @throws GRAPHQL_VALIDATION_FAILED
 */
export function checkSubscriptions({ definitions }: DocumentNode): void {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of definitions) if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  for (const each of definitions) {
    if (each.kind === Kind.OPERATION_DEFINITION && each.operation === OperationTypeNode.SUBSCRIPTION)
      checkRoot(each.selectionSet, new Map(fragments));
  }
}

/** Checks a root selection; each fragment once. */
function checkRoot({ selections }: SelectionSetNode, fragments: Map<string, FragmentDefinitionNode>): void {
  for (const selection of selections) {
    const directive = selection.directives?.find(({ name }) => name.value === 'skip' || name.value === 'include');
    if (directive) {
      const message = `@${directive.name.value} is not allowed at the root of a subscription: remove it`;
      throw refusedOperation(400, 'GRAPHQL_VALIDATION_FAILED', message);
    }
    if (selection.kind === Kind.INLINE_FRAGMENT) checkRoot(selection.selectionSet, fragments);
    if (selection.kind !== Kind.FRAGMENT_SPREAD) continue;
    const fragment = fragments.get(selection.name.value);
    fragments.delete(selection.name.value);
    if (fragment) checkRoot(fragment.selectionSet, fragments);
  }
}
