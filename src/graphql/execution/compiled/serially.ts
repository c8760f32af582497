import type { CompiledSelection } from './compiler.ts';
import { isPromise } from './pending.ts';
import type { Run } from './run.ts';

/** Resolves the fields of a mutation one after the other. @throws if a field fails that cannot be null */
export function resolveSerially(run: Run, selection: CompiledSelection): unknown {
  const { fields, bytes } = selection;
  run.answer.count(bytes);
  const values: unknown[] = [];
  const resolveFrom = (first: number): unknown => {
    for (const [index, resolve] of fields.entries().drop(first)) {
      const value = resolve(run, run.rootValue, undefined);
      if (isPromise(value)) {
        return value.then((each) => {
          values.push(each);
          return resolveFrom(index + 1);
        });
      }
      values.push(value);
    }
    return run.output.object(selection, values);
  };
  return resolveFrom(0);
}
