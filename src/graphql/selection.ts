import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from 'graphql';

/** Whether a path of fields is selected below the field being resolved, through fragments too. A skipped one may count as selected. */
export function selects(info: GraphQLResolveInfo, ...path: readonly string[]): boolean {
  const within = (set: SelectionSetNode | undefined, [name, ...rest]: readonly string[]): boolean =>
    set?.selections.some((selection) => {
      if (selection.kind === 'Field') return selection.name.value === name && (rest.length === 0 || within(selection.selectionSet, rest));
      const fragment = selection.kind === 'InlineFragment' ? selection : info.fragments[selection.name.value];
      return within(fragment?.selectionSet, [name ?? '', ...rest]);
    }) ?? false;
  return info.fieldNodes.some((node: FieldNode) => within(node.selectionSet, path));
}
