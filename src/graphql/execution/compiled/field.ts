import {
  defaultFieldResolver,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isNonNullType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';
import { argumentsReader } from './arguments.ts';
import type { Compiler, ReadAhead, ResolveField } from './compiler.ts';
import { inTurns } from './in-turns.ts';
import { FieldInfo, type SelectedField } from './info.ts';
import { isPromise } from './pending.ts';
import { compileProperty } from './property.ts';
import type { Run } from './run.ts';

/** Returns a field of a type, or one that every type or the query type has; undefined if there is none. */
export function fieldNamed(schema: GraphQLSchema, type: GraphQLObjectType, name: string): GraphQLField<unknown, unknown> | undefined {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  const metaFields = type === schema.getQueryType() ? [SchemaMetaFieldDef, TypeMetaFieldDef] : [];
  return metaFields.find((each) => each.name === name) ?? type.getFields()[name];
}

interface CompiledField {
  resolve: ResolveField;
  /** Null for a field without the extension `readAhead`. */
  readAhead: ReadAhead | null;
}

/** Compiles a field that nodes select together. */
export function compileField(
  compiler: Compiler,
  parentType: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  key: string,
  fieldNodes: readonly FieldNode[],
): CompiledField {
  const { name: fieldName, type: returnType } = field;
  if (field === TypeNameMetaFieldDef) return { resolve: (run) => run.output.leaf(parentType.name, run.answer), readAhead: null };
  const selected: SelectedField = {
    key,
    parentType,
    fieldName,
    returnType,
    fieldNodes,
    readBelow: (run, type, objectKey, path) => {
      for (const readAhead of compiler.selection(type, fieldNodes).readAheads) readAhead(run, objectKey, path);
    },
  };
  const complete = inTurns(compiler, selected, compiler.complete(returnType, selected));
  const readArguments = argumentsReader(compiler, field, fieldNodes);
  const nullable = !isNonNullType(returnType);
  const hasObjects = isCompositeType(getNamedType(returnType));
  const resolveInFull: ResolveField = (run, source, parentPath) => {
    const path = { prev: parentPath, key, typename: parentType.name };
    try {
      if (hasObjects) run.answer.proceed();
      const info = new FieldInfo(run, selected, path);
      const value: unknown = (field.resolve ?? defaultFieldResolver)(source, readArguments(run), run.contextValue, info);
      const completed = isPromise(value) ? value.then((each) => complete(run, each, path, info)) : complete(run, value, path, info);
      return isPromise(completed) ? completed.then(undefined, (error) => run.fail(error, fieldNodes, path, nullable)) : completed;
    } catch (error) {
      return run.fail(error, fieldNodes, path, nullable);
    }
  };
  return {
    resolve: field.resolve === undefined && field.args.length === 0 ? compileProperty(selected, resolveInFull) : resolveInFull,
    readAhead: compileReadAhead(field, selected, readArguments),
  };
}

function compileReadAhead(
  { extensions }: GraphQLField<unknown, unknown>,
  selected: SelectedField,
  readArguments: (run: Run) => object,
): ReadAhead | null {
  const { readAhead } = extensions as { readAhead?: (key: string, args: object, context: unknown, info: FieldInfo) => void };
  if (readAhead === undefined) return null;
  const { key: name, parentType } = selected;
  return (run, key, parentPath) => {
    try {
      const info = new FieldInfo(run, selected, { prev: parentPath, key: name, typename: parentType.name });
      readAhead(key, readArguments(run), run.contextValue, info);
    } catch {
      // If the object exists, the field itself is resolved and fails for the same reason.
    }
  };
}
