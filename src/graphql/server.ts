import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { ExecutionResult, GraphQLError } from 'graphql';
import { createYoga, type GraphQLParams } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import { Loaders } from '../database/loaders.ts';
import { nilUuid } from '../values/ids.ts';
import { schema } from './built-schema.ts';
import type { Caller, Context } from './context.ts';
import { eachOnce, type GatewayError, gatewayError } from './errors.ts';
import { AnswerSize } from './execution/answer-size.ts';
import { jsonText } from './execution/compiled/json-text.ts';
import { objectTree } from './execution/compiled/object-tree.ts';
import { maxRestBytes } from './limits.ts';
import { answerLimit } from './plugins/answer-limit.ts';
import { answerTypes } from './plugins/answer-types.ts';
import { budgetHeaders } from './plugins/budget-headers.ts';
import { compiledExecution, executorInContext } from './plugins/compiled-execution.ts';
import { costs } from './plugins/cost.ts';
import { limitDocuments } from './plugins/limit-documents.ts';
import { nameFields } from './plugins/name-fields.ts';
import { readNeededColumns } from './plugins/needed-columns.ts';
import { persistedOperations, type Trusted } from './plugins/persisted-operations.ts';
import { presentErrors, presentedResults, type Results } from './plugins/present-errors.ts';
import { readBack } from './plugins/read-back.ts';
import { readableParameters } from './plugins/readable-parameters.ts';
import { recordOperations } from './plugins/record-operations.ts';
import { sharedRenderings } from './plugins/shared-renderings.ts';
import { tracePhases } from './plugins/trace-phases.ts';

/** The parts of the gateway that operations use. */
interface Services {
  database: Database;
  forgetKeys: Context['forgetKeys'];
  live: Context['live'];
  webhooks: Context['webhooks'];
  trusted: Trusted;
  /** UTF-8 bytes of an answer over HTTP, or of an event. */
  maxResponseBytes: number;
  log: Logger;
}

interface Execution<Data> {
  data: Data | null;
  errors: GatewayError[];
}

/** Runs operations over HTTP (`yoga`), over sockets (`results`) and in process for the REST contracts (`execute`), with the same context and checks. */
export function graphqlServer({ database, forgetKeys, live, webhooks, trusted, maxResponseBytes, log }: Services) {
  const executeCompiled = executorInContext(schema);
  const yoga = createYoga<Caller, Context>({
    schema,
    graphqlEndpoint: '/graphql',
    context: ({ viewer, requestId, visit, request, maxBytes = maxResponseBytes, output = jsonText }): Context => {
      const organizationId = viewer?.organizationId ?? nilUuid;
      const ofRequest = database.for({ organizationId, signal: request.signal, counter: visit.record });
      const answer = new AnswerSize(maxBytes);
      return {
        viewer,
        authorization: () => request.headers.get('authorization'),
        forgetKeys,
        requestId,
        visit,
        log,
        database: ofRequest,
        live,
        webhooks,
        answer,
        output,
        loaders: new Loaders(ofRequest, organizationId, (callback) => answer.turns.whenIdle(callback)),
      };
    },
    // The HTTP front does this; Yoga's own checks and pages halve the speed of small requests.
    maxRequestBodySize: false,
    multipart: false,
    cors: false,
    graphiql: false,
    landingPage: false,
    logging: false,
    // `presentErrors` and `execute` map errors, because they know the request id.
    maskedErrors: { maskError: (error) => error as Error },
    plugins: [
      readableParameters(),
      persistedOperations(trusted),
      limitDocuments(),
      nameFields(),
      compiledExecution(executeCompiled),
      // Before `costs`: a refusal for its size also gets `extensions.cost`.
      answerLimit(),
      costs(),
      readBack(),
      readNeededColumns(),
      sharedRenderings(executeCompiled),
      recordOperations(),
      tracePhases(),
      answerTypes(),
      presentErrors(log),
      budgetHeaders(),
    ],
    // `limitDocuments` has a cache: Yoga's counts documents of any size, and keeps those of clients without a key.
    parserAndValidationCache: false,
  });

  async function execute<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    caller: Caller & { request: Request },
  ): Promise<Execution<Data>> {
    const enveloped = yoga.getEnveloped({ ...caller, maxBytes: maxRestBytes, output: objectTree });
    const contextValue = await enveloped.contextFactory();
    const result = (await enveloped.execute({
      schema: enveloped.schema,
      document,
      contextValue,
      variableValues: variables,
    })) as ExecutionResult<Data>;
    const failures = eachOnce(log);
    const errors = (result.errors ?? []).map((error) => gatewayError(error, caller.requestId, failures));
    return { data: result.data ?? null, errors };
  }

  /** Runs an operation as Yoga does over HTTP, without a response. `request` has the key and the signal that ends the operation. */
  async function results(params: GraphQLParams, caller: Caller & { request: Request }): Promise<Results> {
    const { request, visit } = caller;
    try {
      // Yoga writes into the context that it is given.
      const result = await yoga.getResultForParams({ params, request }, { ...caller, output: objectTree });
      return presentedResults(result ?? { errors: [] }, visit.record, log);
    } catch (error) {
      return presentedResults({ errors: [error as GraphQLError] }, visit.record, log);
    }
  }

  return { yoga, execute, results };
}

export type GraphQLServer = ReturnType<typeof graphqlServer>;
