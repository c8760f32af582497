import type { FieldNode, GraphQLObjectType, GraphQLOutputType } from 'graphql';
import type { Path } from './failures.ts';
import type { FieldInfo, SelectedField } from './info.ts';
import type { Keys } from './output.ts';
import type { Run } from './run.ts';

// Values of an answer are what its output makes of them, or promises of that if a resolver returned one.

/** Turns the value of a resolver, or an item of its list, into a value of the answer. @throws for a value that the type does not allow */
export type Complete = (run: Run, value: unknown, path: Path, info: FieldInfo) => unknown;

/** Resolves a field of an object, and completes its value. @throws if the field fails and cannot be null */
export type ResolveField = (run: Run, source: unknown, parentPath: Path | undefined) => unknown;

/** Begins what a field reads of an object that is still being read itself, from the object's key. */
export type ReadAhead = (run: Run, key: string, parentPath: Path) => void;

/** The selected fields of a type, in the order of the answer. */
export interface CompiledSelection extends Keys {
  fields: readonly ResolveField[];
  readAheads: readonly ReadAhead[];
  /** The bytes of the object without its values. */
  bytes: number;
}

/** Compiles the parts of one operation, for one choice of what `@skip` and `@include` leave out. */
export interface Compiler {
  complete(type: GraphQLOutputType, field: SelectedField): Complete;
  /** @throws GraphQLError for a null in `@skip` or `@include` */
  selection(type: GraphQLObjectType, nodes: readonly FieldNode[]): CompiledSelection;
  /** Returns a number for the next reader of arguments that depend on variables. */
  nextReader(): number;
  /** Returns the names of the fields of a type that nodes select. @throws as `selection` */
  collect(type: GraphQLObjectType, nodes: readonly FieldNode[]): ReadonlyMap<string, readonly FieldNode[]>;
}
