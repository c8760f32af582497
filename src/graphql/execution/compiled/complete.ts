import { type GraphQLOutputType, isAbstractType, isLeafType, isListType, isNonNullType } from 'graphql';
import { completeAbstract } from './abstract.ts';
import type { Compiler, Complete } from './compiler.ts';
import type { SelectedField } from './info.ts';
import { completeLeaf } from './leaf.ts';
import { completeList } from './list.ts';
import { completeObject } from './object.ts';

/** Compiles the completion of values of a type. An error in place of a value is thrown. */
export function completion(compiler: Compiler, type: GraphQLOutputType, field: SelectedField): Complete {
  if (isNonNullType(type)) return completeNonNull(completion(compiler, type.ofType, field), field);
  const complete = isListType(type)
    ? completeList(type.ofType, field, completion(compiler, type.ofType, field))
    : isLeafType(type)
      ? completeLeaf(type)
      : isAbstractType(type)
        ? completeAbstract(compiler, type, field)
        : completeObject(compiler, type, field.fieldNodes);
  return (run, value, path, info) => {
    if (value instanceof Error) throw value;
    return value == null ? run.null() : complete(run, value, path, info);
  };
}

function completeNonNull(complete: Complete, { parentType, fieldName }: SelectedField): Complete {
  return (run, value, path, info) => {
    const completed = complete(run, value, path, info);
    if (completed === null) throw new Error(`Cannot return null for non-nullable field ${parentType.name}.${fieldName}.`);
    return completed;
  };
}
