import type { ExecutionArgs, ExecutionResult, GraphQLError, GraphQLSchema } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';
import { compiledExecutor } from '../execution/compiled/executor.ts';
import { encode, stringify } from '../execution/compiled/written.ts';

/** A result that Yoga writes by its own function. */
type WrittenResult = ExecutionResult & { stringify?: typeof stringify | typeof encode };

/** Executes an operation, or the selection of a subscription on one event. */
export type ExecuteCompiled = (args: ExecutionArgs) => Promise<WrittenResult>;

/** Executes operations with the gateway's own executor, which compiles each once. */
export function compiledExecution(executeCompiled: ExecuteCompiled): Plugin<Context> {
  return {
    onExecute: ({ setExecuteFn }) =>
      setExecuteFn(async (args: ExecutionArgs) => {
        const result = await executeCompiled(args);
        return result.stringify === undefined ? result : { ...result, stringify: encode };
      }),
  };
}

/** Returns the executor of a schema with the context of the gateway, which has the form and the limits of the answer. */
export function executorInContext(schema: GraphQLSchema): ExecuteCompiled {
  const execute = compiledExecutor(schema);
  return async (args) => {
    const { output, answer } = args.contextValue as Context;
    const result = await execute({ ...args, output, answer });
    if (!('data' in result)) return { errors: result.errors?.map(refused) };
    return { ...result, stringify };
  };
}

/** Adds the status to the refusal of an operation that does not run, because a variable is invalid or the document has no such operation. */
function refused(error: GraphQLError): GraphQLError {
  Object.defineProperty(error, 'extensions', { value: { ...error.extensions, http: { status: 400 } } });
  return error;
}
