import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
} from 'graphql';
import type { Path } from './failures.ts';
import type { OperationParts, Run } from './run.ts';

/** A field that an operation selects, on one type of object. */
export interface SelectedField {
  /** Its name in the answer. */
  key: string;
  parentType: GraphQLObjectType;
  fieldName: string;
  returnType: GraphQLOutputType;
  /** All that select it under one name; their selections are merged. */
  fieldNodes: readonly FieldNode[];
  /** Begins what fields below read of an object of this type, from its key. */
  readBelow(run: Run, type: GraphQLObjectType, key: string, path: Path): void;
}

/** The info of graphql-js for a resolver: the field, the operation and its values. They are looked up when they are read, because most resolvers read none. */
export class FieldInfo implements GraphQLResolveInfo {
  readonly path: Path;
  readonly #run: Run;
  readonly #field: SelectedField;

  constructor(run: Run, field: SelectedField, path: Path) {
    this.#run = run;
    this.#field = field;
    this.path = path;
  }

  /**
   * Begins what fields below this one read of its object, while the object itself is read. For resolvers that know the object's key, after all checks of the field.
   * Without an object, what was read is dropped.
   */
  readAhead(key: string): void {
    const type = getNamedType(this.#field.returnType);
    if (isObjectType(type)) this.#field.readBelow(this.#run, type, key, this.path);
  }

  get fieldName(): string {
    return this.#field.fieldName;
  }

  get fieldNodes(): readonly FieldNode[] {
    return this.#field.fieldNodes;
  }

  get returnType(): GraphQLOutputType {
    return this.#field.returnType;
  }

  get parentType(): GraphQLObjectType {
    return this.#field.parentType;
  }

  get schema(): GraphQLSchema {
    return this.#run.parts.schema;
  }

  get fragments(): Record<string, FragmentDefinitionNode> {
    return this.#run.parts.fragments;
  }

  get operation(): OperationParts['operation'] {
    return this.#run.parts.operation;
  }

  get rootValue(): unknown {
    return this.#run.rootValue;
  }

  get variableValues(): Record<string, unknown> {
    return this.#run.variables;
  }
}
