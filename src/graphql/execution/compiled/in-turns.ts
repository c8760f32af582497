import { getNamedType, getNullableType, isCompositeType, isListType, isObjectType } from 'graphql';
import type { Compiler, Complete } from './compiler.ts';
import type { SelectedField } from './info.ts';
import type { Run } from './run.ts';

/** Completes the objects of a field in turns of the event loop, so that other requests do not wait for a large answer. Scalars need no turn. */
export function inTurns(compiler: Compiler, field: SelectedField, complete: Complete): Complete {
  if (!isCompositeType(getNamedType(field.returnType))) return complete;
  const isList = isListType(getNullableType(field.returnType));
  let most: number | null = null;
  return (run, value, path, info) => {
    if (value == null || value instanceof Error) return complete(run, value, path, info);
    most ??= mostFields(compiler, run, field);
    if (isList) return complete(run, Array.isArray(value) ? run.answer.inTurns(value, most) : value, path, info);
    const turn = run.answer.turns.take(most);
    return turn === null ? complete(run, value, path, info) : turn.then(() => complete(run, value, path, info));
  };
}

/** Returns the number of fields that one object has at most. */
function mostFields(compiler: Compiler, { parts: { schema } }: Run, { returnType, fieldNodes }: SelectedField): number {
  const type = getNamedType(returnType);
  const types = isObjectType(type) ? [type] : isCompositeType(type) ? schema.getPossibleTypes(type) : [];
  try {
    return Math.max(1, ...types.map((each) => compiler.collect(each, fieldNodes).size));
  } catch {
    // Each object fails when its own fields are collected.
    return 1;
  }
}
