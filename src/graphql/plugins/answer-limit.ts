import { type ExecutionResult, GraphQLError, getOperationAST, OperationTypeNode } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { ParleyError } from '../../errors.ts';
import type { Context } from '../context.ts';
import type { AnswerSize } from '../execution/answer-size.ts';

/** Answers with one error and no data if the answer was too large. Events have the same limit: see `sharedRenderings`. */
export function answerLimit(): Plugin<Context> {
  return {
    onExecute({ args }) {
      const { answer } = args.contextValue as Context;
      const isMutation = getOperationAST(args.document, args.operationName)?.operation === OperationTypeNode.MUTATION;
      return {
        onExecuteDone({ result, setResult }) {
          if (!isAsyncIterable(result) && answer.exceeded) setResult(only(isMutation ? changeDone(answer) : answer.refusal));
        },
      };
    },
  };
}

function only(error: GraphQLError): ExecutionResult {
  return { data: null, errors: [error] };
}

/** Returns UNAVAILABLE for a mutation: its change is done, and QUERY_TOO_COMPLEX would mean that nothing changed. */
function changeDone({ refusal }: AnswerSize): GraphQLError {
  const { message } = refusal;
  return new GraphQLError(message, { originalError: new ParleyError('UNAVAILABLE', `the change is done, but ${message}`) });
}
