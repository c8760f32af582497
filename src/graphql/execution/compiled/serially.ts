import type { CompiledSelection, ResolveField } from './compiler.ts';
import { isPromise } from './pending.ts';
import type { Run } from './run.ts';

/** Resolves the fields of a mutation one after the other. @throws if a field fails that cannot be null */
export function resolveSerially(run: Run, selection: CompiledSelection): unknown {
  const { fields, bytes } = selection;
  run.answer.count(bytes);
  const values: unknown[] = [];
  const add = (value: unknown) => {
    values.push(value);
    return values.length < fields.length ? null : run.output.object(selection, values);
  };
  const step = (resolve: ResolveField) => {
    const value = resolve(run, run.rootValue, undefined);
    return isPromise(value) ? value.then(add) : add(value);
  };
  let result: unknown = fields.length === 0 ? run.output.object(selection, values) : null;
  for (const resolve of fields) result = isPromise(result) ? result.then(() => step(resolve)) : step(resolve);
  return result;
}
