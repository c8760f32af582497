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
import type { Compiler, ResolveField } from './compiler.ts';
import { inTurns } from './in-turns.ts';
import { FieldInfo, type SelectedField } from './info.ts';
import { isPromise } from './pending.ts';
import { compileProperty } from './property.ts';

/** Returns a field of a type, or one that every type or the query type has; undefined if there is none. */
export function fieldNamed(schema: GraphQLSchema, type: GraphQLObjectType, name: string): GraphQLField<unknown, unknown> | undefined {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  const metaFields = type === schema.getQueryType() ? [SchemaMetaFieldDef, TypeMetaFieldDef] : [];
  return metaFields.find((each) => each.name === name) ?? type.getFields()[name];
}

/** Compiles a field that nodes select together. */
export function compileField(
  compiler: Compiler,
  parentType: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  key: string,
  fieldNodes: readonly FieldNode[],
): ResolveField {
  const { name: fieldName, type: returnType } = field;
  if (field === TypeNameMetaFieldDef) return (run) => run.output.leaf(parentType.name, run.answer);
  const selected: SelectedField = { key, parentType, fieldName, returnType, fieldNodes };
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
  return field.resolve === undefined && field.args.length === 0 ? compileProperty(selected, resolveInFull) : resolveInFull;
}
