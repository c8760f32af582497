import { defaultFieldResolver, type GraphQLField, type GraphQLSchema, getNamedType, isLeafType, isObjectType } from 'graphql';
import { isPromise } from 'graphql-yoga';
import type { Context } from '../context.ts';

/** Makes every field of a schema count its value in the size of the answer. A synchronous resolver stays synchronous. */
export function countingAnswer(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    // Introspection is limited by the shape of its document.
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) countField(field);
  }
  return schema;
}

function countField(field: GraphQLField<unknown, Context>): void {
  const { resolve = defaultFieldResolver } = field;
  const isLeaf = isLeafType(getNamedType(field.type));
  field.resolve = (parent, args, context, info) => {
    const { answer } = context;
    if (answer.exceeded && !isLeaf) return answer.stop();
    const count = (value: unknown) => (isLeaf ? answer.leaf(value) : answer.objects(value, info));
    const fail = (error: unknown) => {
      answer.error(info.path, error);
      throw error;
    };
    let value: unknown;
    try {
      value = resolve(parent, args, context, info);
    } catch (error) {
      return fail(error);
    }
    return isPromise(value) ? value.then(count, fail) : count(value);
  };
}
