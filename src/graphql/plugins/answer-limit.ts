import { type ExecutionResult, GraphQLError, getOperationAST, OperationTypeNode } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { ParleyError } from '../../errors.ts';
import type { Context } from '../context.ts';
import type { AnswerSize } from '../execution/answer-size.ts';

/** Answers an operation that was ended because its answer is too large: no data, one error. Events have the same limit: see `sharedRenderings`. */
export function answerLimit(): Plugin<Context> {
  return {
    onExecute({ args }) {
      const { answer } = args.contextValue as Context;
      const changes = getOperationAST(args.document, args.operationName)?.operation === OperationTypeNode.MUTATION;
      return {
        onExecuteDone({ result, setResult }) {
          if (!isAsyncIterable(result) && answer.exceeded) setResult(only(changes ? unshown(answer) : answer.refusal));
        },
      };
    },
  };
}

function only(error: GraphQLError): ExecutionResult {
  return { data: null, errors: [error] };
}

/** A mutation is done before its payload is read: QUERY_TOO_COMPLEX would say that nothing changed. */
function unshown({ refusal }: AnswerSize): GraphQLError {
  const { message } = refusal;
  return new GraphQLError(message, { originalError: new ParleyError('UNAVAILABLE', `the change is done, but ${message}`) });
}
