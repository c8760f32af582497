import {
  assertValidSchema,
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import type { AnswerSize } from '../answer-size.ts';
import { CompiledOperation } from './compiled-operation.ts';
import { resolveFields } from './object.ts';
import type { Output } from './output.ts';
import { isPromise } from './pending.ts';
import { Run, type Values } from './run.ts';
import { resolveSerially } from './serially.ts';

/** The arguments of an execution. */
interface Execution {
  document: DocumentNode;
  operationName?: string | null;
  variableValues?: Readonly<Record<string, unknown>> | null;
  /** The event of a subscription. */
  rootValue?: unknown;
  contextValue?: unknown;
  output: Output;
  answer: AnswerSize;
}

/**
 * Returns an executor of a schema's operations, which compiles an operation when it first runs. It gives the answers of graphql-js, in the given form: the same data
 * and errors in the same order.
 */
export function compiledExecutor(schema: GraphQLSchema) {
  assertValidSchema(schema);
  const compiled = new WeakMap<OperationDefinitionNode, CompiledOperation>();

  function compiledOf(document: DocumentNode, operation: OperationDefinitionNode): CompiledOperation {
    const known = compiled.get(operation);
    if (known !== undefined) return known;
    const created = new CompiledOperation(schema, document, operation);
    compiled.set(operation, created);
    return created;
  }

  return ({
    document,
    operationName,
    variableValues,
    rootValue,
    contextValue,
    output,
    answer,
  }: Execution): ExecutionResult | Promise<ExecutionResult> => {
    const operation = operationNamed(document, operationName);
    if (operation instanceof GraphQLError) return { errors: [operation] };
    const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues ?? {}, { maxErrors: 50 });
    if (errors) return { errors };
    return execute(compiledOf(document, operation), { variables: coerced, rootValue, contextValue, output, answer });
  };
}

function execute(compiled: CompiledOperation, values: Values): ExecutionResult | Promise<ExecutionResult> {
  const run = new Run(compiled.parts, values);
  const answered = (data: unknown) => resultOf(run, data);
  const failed = (error: GraphQLError) => {
    run.failures.add(error, undefined);
    return resultOf(run, null);
  };
  try {
    const data = resolveRoot(run, compiled);
    return isPromise(data) ? Promise.resolve(data.then(answered, failed)) : answered(data);
  } catch (error) {
    return failed(error as GraphQLError);
  }
}

function resolveRoot(run: Run, compiled: CompiledOperation): unknown {
  const { schema, operation } = run.parts;
  const type = schema.getRootType(operation.operation);
  if (!type) throw new GraphQLError(`Schema is not configured to execute ${operation.operation} operation.`, { nodes: operation });
  const selection = compiled.planFor(run.variables).root(type);
  if (operation.operation === OperationTypeNode.MUTATION) return resolveSerially(run, selection);
  return resolveFields(run, selection, run.rootValue, undefined);
}

function resultOf({ failures: { errors }, output }: Run, object: unknown): ExecutionResult {
  // The output decides the form of the data, for which graphql-js has no type.
  const data = (object === null ? null : output.whole(object)) as ExecutionResult['data'];
  return errors.length === 0 ? { data } : { errors, data };
}

/** Returns the operation to run, or the refusal if there is none or the name leaves several. */
function operationNamed({ definitions }: DocumentNode, name: string | null | undefined): OperationDefinitionNode | GraphQLError {
  const operations = definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (name != null)
    return operations.findLast((each) => each.name?.value === name) ?? new GraphQLError(`Unknown operation named "${name}".`);
  if (operations.length > 1) return new GraphQLError('Must provide operation name if query contains multiple operations.');
  return operations[0] ?? new GraphQLError('Must provide an operation.');
}
