import { type FieldNode, GraphQLError, type GraphQLOutputType, isNonNullType } from 'graphql';
import type { Complete } from './compiler.ts';
import type { Path } from './failures.ts';
import type { FieldInfo, SelectedField } from './info.ts';
import { abandon, isPromise, whenAll } from './pending.ts';
import type { Run } from './run.ts';

/** The JSON bytes of brackets. */
const bracketBytes = 2;

/** Completes lists, whose items are completed one by one. */
export function completeList(itemType: GraphQLOutputType, field: SelectedField, complete: Complete): Complete {
  const { parentType, fieldName, fieldNodes } = field;
  const item = itemOf(complete, fieldNodes, !isNonNullType(itemType));
  return (run, value, path, info) => {
    if (!isIterable(value)) throw new GraphQLError(`Expected Iterable, but did not find one for field "${parentType.name}.${fieldName}".`);
    const given = Array.isArray(value) ? value : Array.from(value);
    const items: unknown[] = [];
    let pending: number[] | null = null;
    try {
      for (const each of given) {
        const completed = item(run, each, { prev: path, key: items.length, typename: undefined }, info);
        if (isPromise(completed)) {
          pending ??= [];
          pending.push(items.length);
        }
        items.push(completed);
      }
    } catch (error) {
      abandon(items);
      abandon(given);
      throw error;
    }
    run.answer.count(bracketBytes + Math.max(0, items.length - 1));
    return pending === null ? run.output.list(items) : whenAll(items, pending, () => run.output.list(items));
  };
}

function itemOf(complete: Complete, nodes: readonly FieldNode[], nullable: boolean) {
  return (run: Run, value: unknown, path: Path, info: FieldInfo): unknown => {
    try {
      const completed = isPromise(value) ? value.then((item) => complete(run, item, path, info)) : complete(run, value, path, info);
      return isPromise(completed) ? completed.then(undefined, (error) => run.fail(error, nodes, path, nullable)) : completed;
    } catch (error) {
      return run.fail(error, nodes, path, nullable);
    }
  };
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value && typeof value[Symbol.iterator] === 'function';
}
