import type { ExecutionArgs, ExecutionResult, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { schema } from '../built-schema.ts';
import type { Context } from '../context.ts';
import { compiledExecutor } from '../execution/compiled/executor.ts';
import { stringify } from '../execution/compiled/written.ts';

/** A result that Yoga writes by its own function. */
type WrittenResult = ExecutionResult & { stringify?: typeof stringify };

const execute = compiledExecutor(schema);

/** Executes operations with the gateway's own executor, which compiles each once. */
export function compiledExecution(): Plugin<Context> {
  return {
    onExecute: ({ setExecuteFn }) => setExecuteFn(executeCompiled),
  };
}

/** Executes an operation, or the selection of a subscription on one event. */
export async function executeCompiled(args: ExecutionArgs): Promise<WrittenResult> {
  const { output, answer } = args.contextValue as Context;
  const result = await execute({ ...args, output, answer });
  if (!('data' in result)) return { errors: result.errors?.map(refused) };
  return { ...result, stringify };
}

/** Adds the status to the refusal of an operation that does not run, because a variable is invalid or the document has no such operation. */
function refused(error: GraphQLError): GraphQLError {
  Object.defineProperty(error, 'extensions', { value: { ...error.extensions, http: { status: 400 } } });
  return error;
}
