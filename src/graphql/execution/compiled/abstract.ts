import {
  defaultTypeResolver,
  GraphQLError,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLUnionType,
  isObjectType,
} from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import type { Compiler, Complete } from './compiler.ts';
import type { SelectedField } from './info.ts';
import { completeObject } from './object.ts';
import { isPromise } from './pending.ts';
import type { Run } from './run.ts';

/** Completes objects of an interface or a union, each as its own type. */
export function completeAbstract(compiler: Compiler, type: GraphQLInterfaceType | GraphQLUnionType, field: SelectedField): Complete {
  const resolveType = type.resolveType ?? defaultTypeResolver;
  const byType = new Map<GraphQLObjectType, Complete>();
  const completeAs = (objectType: GraphQLObjectType): Complete => {
    const complete = byType.get(objectType) ?? completeObject(compiler, objectType, field.fieldNodes);
    byType.set(objectType, complete);
    return complete;
  };
  return (run, value, path, info) => {
    const name = resolveType(value, run.contextValue, info, type);
    if (isPromise(name)) return name.then((each) => completeAs(objectTypeOf(run, each, type, field, value))(run, value, path, info));
    return completeAs(objectTypeOf(run, name, type, field, value))(run, value, path, info);
  };
}

/** Returns the type of an object by its name. @throws GraphQLError, in the words of graphql-js, if it is no type of this interface or union */
function objectTypeOf(
  { parts: { schema } }: Run,
  name: unknown,
  type: GraphQLInterfaceType | GraphQLUnionType,
  { parentType, fieldName, fieldNodes: nodes }: SelectedField,
  value: unknown,
): GraphQLObjectType {
  const place = `Abstract type "${type.name}" must resolve to an Object type at runtime for field "${parentType.name}.${fieldName}"`;
  if (name == null) {
    const advice = `Either the "${type.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`;
    throw new GraphQLError(`${place}. ${advice}`, { nodes });
  }
  if (isObjectType(name)) {
    throw new GraphQLError(
      'Support for returning GraphQLObjectType from resolveType was removed in graphql-js@16.0.0 please return type name instead.',
    );
  }
  if (typeof name !== 'string') throw new GraphQLError(`${place} with value ${inspect(value)}, received "${inspect(name)}".`);
  const objectType = schema.getType(name);
  const refuse = (problem: string) => new GraphQLError(problem, { nodes });
  if (objectType == null)
    throw refuse(`Abstract type "${type.name}" was resolved to a type "${name}" that does not exist inside the schema.`);
  if (!isObjectType(objectType)) throw refuse(`Abstract type "${type.name}" was resolved to a non-object type "${name}".`);
  if (!schema.isSubType(type, objectType))
    throw refuse(`Runtime Object type "${objectType.name}" is not a possible type for "${type.name}".`);
  return objectType;
}
