import { type DefinitionNode, type DocumentNode, type FieldNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';
import { tooComplex } from '../errors.ts';
import { maxDefinitions, shapeLimits } from '../limits.ts';

type Shape = Record<keyof typeof shapeLimits, number>;
type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** A selection set, and the names of the fragments around it: validation refuses a fragment that spreads itself. */
interface Part {
  set: SelectionSetNode;
  within: readonly string[];
}

const labels: Record<keyof Shape, string> = {
  depth: 'levels of fields',
  fields: 'fields',
  aliases: 'aliases',
  directives: 'directives',
  pairs: 'pairs of fields to merge',
};

/** Refuses a document that is expensive to validate or selects too much. It uses no schema and stops at the first exceeded limit. @throws QUERY_TOO_COMPLEX */
export function checkShape({ definitions }: DocumentNode): void {
  if (definitions.length > maxDefinitions) throw tooComplex(`the document has more than ${maxDefinitions} operations and fragments`);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of definitions) if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  for (const definition of definitions) checkDefinition(definition, fragments);
}

function checkDefinition(definition: DefinitionNode, fragments: Fragments): void {
  if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) return;
  const within = definition.kind === Kind.FRAGMENT_DEFINITION ? [definition.name.value] : [];
  const shape: Shape = { depth: 0, fields: 0, aliases: 0, directives: 0, pairs: 0 };
  countSelections(shape, fragments, [{ set: definition.selectionSet, within }], { depth: 1, introspection: false });
}

interface Place {
  depth: number;
  introspection: boolean;
}

/** Counts the selections that are merged into one object of the answer, and all below. */
function countSelections(shape: Shape, fragments: Fragments, parts: readonly Part[], { depth, introspection }: Place): void {
  const merged = new Map<string, { name: string; below: Part[]; count: number }>();
  const add = (node: FieldNode, within: readonly string[]) => {
    const key = (node.alias ?? node.name).value;
    const field = merged.get(key) ?? { name: node.name.value, below: [], count: 0 };
    merged.set(key, field);
    count(shape, 'fields', 1);
    count(shape, 'pairs', field.count++);
    if (node.selectionSet) field.below.push({ set: node.selectionSet, within });
    if (!node.alias) return;
    count(shape, 'aliases', 1);
    if (introspection || isIntrospection(node.name.value)) throw tooComplex('introspection allows no aliases: remove them');
  };
  const spread = new Set<string>();
  const collect = ({ set, within }: Part) => {
    for (const selection of set.selections) {
      count(shape, 'directives', selection.directives?.length ?? 0);
      if (selection.kind === Kind.FIELD) add(selection, within);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect({ set: selection.selectionSet, within });
      else {
        const name = selection.name.value;
        const fragment = fragments.get(name);
        if (!fragment || spread.has(name) || within.includes(name)) continue;
        spread.add(name);
        collect({ set: fragment.selectionSet, within: [...within, name] });
      }
    }
  };
  for (const part of parts) collect(part);
  if (merged.size > 0) count(shape, 'depth', depth - shape.depth);
  for (const { name, below } of merged.values()) {
    if (below.length > 0)
      countSelections(shape, fragments, below, { depth: depth + 1, introspection: introspection || isIntrospection(name) });
  }
}

function isIntrospection(field: string): boolean {
  return field === '__schema' || field === '__type';
}

function count(shape: Shape, measure: keyof Shape, more: number): void {
  shape[measure] += Math.max(0, more);
  if (shape[measure] > shapeLimits[measure]) {
    throw tooComplex(`the operation has more than ${shapeLimits[measure].toLocaleString('en')} ${labels[measure]}`);
  }
}
