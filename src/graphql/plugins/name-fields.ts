import { type DocumentNode, type ExecutionArgs, type ExecutionResult, GraphQLError, getOperationAST, Kind } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { badInput, ParleyError } from '../../errors.ts';
import { placeOfValue, placeOfVariable, valueKinds } from '../execution/place-of-value.ts';

/**
 * Adds to the error of an invalid value the argument or input field that the value was given for, in the document or by a variable. GraphQL and its scalars
 * know only the type or the variable.
 */
export function nameFields(): Plugin {
  return {
    onValidate:
      ({ params: { documentAST } }) =>
      ({ valid, result, setResult }) => {
        if (!valid) setResult(result.map((error) => namedByNode(error, documentAST)));
      },
    onExecute: ({ args }) => ({
      onExecuteDone({ result, setResult }) {
        if (!isAsyncIterable(result) && result.errors) setResult(withFields(result, args));
      },
    }),
    onSubscribe: ({ args }) => ({
      onSubscribeResult({ result, setResult }) {
        if (!isAsyncIterable(result) && result.errors) setResult(withFields(result, args));
      },
    }),
  };
}

function namedByNode(error: GraphQLError, document: DocumentNode): GraphQLError {
  const { nodes, originalError, extensions } = error;
  // The error of a cached document already has its field.
  if (extensions.field !== undefined) return error;
  const field = nodes?.[0] && valueKinds.includes(nodes[0].kind) ? placeOfValue(nodes[0], document) : null;
  if (field === null) return error;
  if (originalError instanceof ParleyError) {
    const cause = badInput(field, String(originalError.details.reason));
    return new GraphQLError(cause.message, { nodes, originalError: cause, extensions: { ...extensions, field } });
  }
  return new GraphQLError(`${field}: ${error.message}`, { nodes, extensions: { ...extensions, field } });
}

function withFields(result: ExecutionResult, args: ExecutionArgs): ExecutionResult {
  return { ...result, errors: result.errors?.map((error) => withField(error, args)) };
}

/** Adds the field to an error that GraphQL found before a resolver ran; returns any other error unchanged. */
function withField(error: GraphQLError, args: ExecutionArgs): GraphQLError {
  const field = fieldOfVariable(error, args) ?? argumentAtFault(error);
  if (field === undefined) return error;
  const { message, nodes, source, positions, path, originalError, extensions } = error;
  return new GraphQLError(message, { nodes, source, positions, path, originalError, extensions: { ...extensions, field } });
}

/** Returns `first` for GraphQL's error `Argument "first" of non-null type "Int!" must not be null.` */
function argumentAtFault({ message, originalError }: GraphQLError): string | undefined {
  const isGraphQLs = !originalError || (originalError instanceof GraphQLError && !originalError.originalError);
  return isGraphQLs ? /^Argument "(\w+)" /.exec(message)?.[1] : undefined;
}

/** Returns the field of an error about a variable: where the variable is used, then the path within its value. */
function fieldOfVariable({ message, nodes, originalError }: GraphQLError, { document, operationName }: ExecutionArgs): string | undefined {
  const [definition] = nodes ?? [];
  const operation = getOperationAST(document, operationName);
  if (definition?.kind !== Kind.VARIABLE_DEFINITION || !operation) return undefined;
  const place = placeOfVariable(definition.variable.name.value, operation, document);
  return place === null ? undefined : `${place}${restOfPath(message, originalError)}`;
}

/** Returns `.messages[3].createdAt` for `Variable "$input" got invalid value "x" at "input.messages[3].createdAt"; …`. */
function restOfPath(message: string, originalError: Error | null | undefined): string {
  const head = originalError ? message.slice(0, -`; ${originalError.message}`.length) : message;
  return / at "\w+((?:\.\w+|\[\d+\])+)"$/.exec(head)?.[1] ?? '';
}
