import { BREAK, type FieldNode, type GraphQLField, getArgumentValues, Kind, visit } from 'graphql';
import type { Compiler } from './compiler.ts';
import type { Run } from './run.ts';

/** Returns the coerced arguments of a field. @throws GraphQLError for a value that is missing or null and must not be */
type ReadArguments = (run: Run) => object;

const noArguments = Object.freeze({});

/** Compiles the arguments of a field. Without variables they are coerced once for all executions, otherwise once for each execution. */
export function argumentsReader(compiler: Compiler, field: GraphQLField<unknown, unknown>, [node]: readonly FieldNode[]): ReadArguments {
  if (field.args.length === 0 || node === undefined) return () => noArguments;
  if (!hasVariables(node)) {
    const constant = constantArguments(field, node);
    return constant === null ? () => getArgumentValues(field, node) : () => constant;
  }
  const number = compiler.nextReader();
  return (run) => {
    run.arguments[number] ??= getArgumentValues(field, node, run.variables);
    return run.arguments[number];
  };
}

/** Returns the arguments; null if they are refused, because each execution makes an error of its own. */
function constantArguments(field: GraphQLField<unknown, unknown>, node: FieldNode): object | null {
  try {
    return frozen(getArgumentValues(field, node));
  } catch {
    return null;
  }
}

function hasVariables({ arguments: given = [] }: FieldNode): boolean {
  let found = false;
  const find = () => {
    found = true;
    return BREAK;
  };
  for (const each of given) visit(each, { [Kind.VARIABLE]: find });
  return found;
}

/** Freezes a value with its parts, because requests of all organizations share it. */
function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  for (const each of Object.values(value)) frozen(each);
  return Object.freeze(value);
}
