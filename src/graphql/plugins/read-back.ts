import { type ExecutionResult, GraphQLError, getOperationAST, OperationTypeNode } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { UnavailableError } from '../../errors.ts';
import type { Context } from '../context.ts';
import { unavailable } from '../errors.ts';

/**
 * Answers UNAVAILABLE if a mutation is done and its payload cannot be read: a refusal would mean that nothing changed. A mutation's own field is resolved
 * after its transaction has committed, so every error below that field comes after the commit.
 */
export function readBack(): Plugin<Context> {
  return {
    onExecute({ args }) {
      if (getOperationAST(args.document, args.operationName)?.operation !== OperationTypeNode.MUTATION) return undefined;
      return {
        onExecuteDone({ result, setResult }) {
          if (!isAsyncIterable(result) && result.errors) setResult(withReadBackErrors(result));
        },
      };
    },
  };
}

function withReadBackErrors(result: ExecutionResult): ExecutionResult {
  return { ...result, errors: result.errors?.map((error) => ((error.path?.length ?? 0) > 1 ? unreadable(error) : error)) };
}

function unreadable(error: GraphQLError): GraphQLError {
  const { nodes, path } = error;
  const cause = new UnavailableError('a mutation is done, but its payload cannot be read', { cause: error });
  // The status asks the client to repeat the mutation, even if parts of its payload could be read.
  return new GraphQLError(cause.message, { nodes, path, originalError: cause, extensions: { http: unavailable } });
}
