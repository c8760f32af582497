import { type FieldNode, GraphQLError, type GraphQLObjectType } from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import type { CompiledSelection, Compiler } from './compiler.ts';
import type { Path } from './failures.ts';
import type { FieldInfo } from './info.ts';
import { isPromise, whenAll } from './pending.ts';
import type { Run } from './run.ts';

/** Completes objects of one type, after its own check of the object: scopes are checked there. */
export function completeObject(compiler: Compiler, type: GraphQLObjectType, nodes: readonly FieldNode[]) {
  let compiled: CompiledSelection | null = null;
  const refuse = (value: unknown) => new GraphQLError(`Expected value of type "${type.name}" but got: ${inspect(value)}.`, { nodes });
  return (run: Run, value: unknown, path: Path, info: FieldInfo): unknown => {
    compiled ??= compiler.selection(type, nodes);
    const selection = compiled;
    if (type.isTypeOf) {
      const is = type.isTypeOf(value, run.contextValue, info);
      if (isPromise(is)) {
        return is.then((each) => {
          if (!each) throw refuse(value);
          return resolveFields(run, selection, value, path);
        });
      }
      if (!is) throw refuse(value);
    }
    return resolveFields(run, selection, value, path);
  };
}

/** Resolves the fields of an object in their order. @throws if a field fails that cannot be null */
export function resolveFields(run: Run, selection: CompiledSelection, source: unknown, path: Path | undefined): unknown {
  const { fields, bytes } = selection;
  run.answer.proceed();
  run.answer.count(bytes);
  const values: unknown[] = [];
  let pending: number[] | null = null;
  try {
    for (const resolve of fields) {
      const value = resolve(run, source, path);
      if (isPromise(value)) {
        pending ??= [];
        pending.push(values.length);
      }
      values.push(value);
    }
  } catch (error) {
    if (pending === null) throw error;
    // Their errors count too, as in graphql-js.
    return whenAll(values, pending, () => null)
      .then(() => null)
      .finally(() => {
        throw error;
      });
  }
  if (pending === null) return run.output.object(selection, values);
  return whenAll(values, pending, () => values).then(() => run.output.object(selection, values));
}
