import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLSkipDirective,
  getDirectiveValues,
  type SelectionNode,
} from 'graphql';
import { type Fields, fieldsOf, type Selection } from '../selected-fields.ts';
import type { CompiledSelection, Compiler, Complete, ReadAhead, ResolveField } from './compiler.ts';
import { completion } from './complete.ts';
import { compileField, fieldNamed } from './field.ts';
import type { SelectedField } from './info.ts';
import type { OperationParts } from './run.ts';

/** An operation compiled to closures, for one choice of what `@skip` and `@include` leave out. Selections are compiled when an object first needs them. */
export class Plan implements Compiler {
  readonly #parts: OperationParts;
  readonly #selection: Selection;
  readonly #selections = new Map<readonly FieldNode[], Map<GraphQLObjectType, CompiledSelection>>();
  #readers = 0;
  #root: CompiledSelection | null = null;

  /** @param conditions the variables in `@skip` and `@include` */
  constructor(parts: OperationParts, conditions: Record<string, unknown>) {
    this.#parts = parts;
    this.#selection = {
      schema: parts.schema,
      fragments: new Map(Object.entries(parts.fragments)),
      variables: conditions,
      readVariables: false,
    };
  }

  /** The fields of the operation itself. @throws GraphQLError for a null in `@skip` or `@include` */
  root(type: GraphQLObjectType): CompiledSelection {
    this.#root ??= this.#compile(type, fieldsOf(this.#selection, type, [this.#parts.operation.selectionSet], isLeftOut));
    return this.#root;
  }

  complete(type: GraphQLOutputType, field: SelectedField): Complete {
    return completion(this, type, field);
  }

  selection(type: GraphQLObjectType, nodes: readonly FieldNode[]): CompiledSelection {
    const ofNodes = this.#selections.get(nodes) ?? new Map<GraphQLObjectType, CompiledSelection>();
    this.#selections.set(nodes, ofNodes);
    const selection = ofNodes.get(type) ?? this.#compile(type, this.collect(type, nodes));
    ofNodes.set(type, selection);
    return selection;
  }

  collect(type: GraphQLObjectType, nodes: readonly FieldNode[]): Fields {
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    return fieldsOf(this.#selection, type, sets, isLeftOut);
  }

  nextReader(): number {
    return this.#readers++;
  }

  #compile(type: GraphQLObjectType, selected: Fields): CompiledSelection {
    const names: string[] = [];
    const texts: string[] = [];
    const fields: ResolveField[] = [];
    const readAheads: ReadAhead[] = [];
    for (const [name, nodes] of selected) {
      const [node] = nodes;
      const field = node && fieldNamed(this.#parts.schema, type, node.name.value);
      if (!field) continue;
      texts.push(`${names.length === 0 ? '' : ','}"${name}":`);
      names.push(name);
      const { resolve, readAhead } = compileField(this, type, field, name, nodes);
      fields.push(resolve);
      if (readAhead !== null) readAheads.push(readAhead);
    }
    // A name has ASCII letters only. Two more bytes are for the braces.
    return { names, texts, fields, readAheads, bytes: texts.join('').length + 2 };
  }
}

/** @throws GraphQLError for a null */
function isLeftOut({ variables }: Selection, node: SelectionNode): boolean {
  if (!node.directives?.length) return false;
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true) return true;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if === false;
}
