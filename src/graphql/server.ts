import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { ExecutionResult } from 'graphql';
import { createYoga } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Viewer } from '../auth/viewer.ts';
import type { Database } from '../database/database.ts';
import { Loaders } from '../database/loaders.ts';
import type { Context } from './context.ts';
import { costs } from './cost.ts';
import { keptDocuments, limitDocuments } from './documents.ts';
import { type GatewayError, gatewayError } from './errors.ts';
import { nameFields } from './name-fields.ts';
import { notAcceptable } from './not-acceptable.ts';
import { persistedOperations, type Trusted } from './persisted.ts';
import { presentErrors } from './present-errors.ts';
import { readableParameters } from './readable-parameters.ts';
import { schema } from './schema.ts';

/** Who asks, found out before anything is parsed. */
export interface Caller {
  viewer: Viewer | null;
  requestId: string;
}

interface Execution<Data> {
  data: Data | null;
  errors: GatewayError[];
}

/** One schema, twice: over HTTP through Yoga, and in process for the REST contracts, with the same context and the same checks. */
export function graphqlServer(database: Database, live: Context['live'], trusted: Trusted, log: Logger) {
  const yoga = createYoga<Caller, Context>({
    schema,
    graphqlEndpoint: '/graphql',
    context: ({ viewer, requestId, request }): Context => ({
      viewer,
      authorization: () => request.headers.get('authorization'),
      requestId,
      log,
      database,
      live,
      loaders: new Loaders(database, viewer?.organizationId ?? noOrganization),
    }),
    // The http front checks sizes, and pages come from our own files; Yoga's ways cost half of the speed on small requests.
    maxRequestBodySize: false,
    multipart: false,
    cors: false,
    graphiql: false,
    landingPage: false,
    logging: false,
    // Errors are mapped once, where the request id is known: see `errors` below and `execute`.
    maskedErrors: { maskError: (error) => error as Error },
    plugins: [
      readableParameters(),
      persistedOperations(trusted),
      limitDocuments(),
      nameFields(),
      costs(),
      notAcceptable(),
      presentErrors(log),
    ],
    parserAndValidationCache: keptDocuments(),
  });

  async function execute<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    caller: Caller,
  ): Promise<Execution<Data>> {
    const enveloped = yoga.getEnveloped(caller as Caller & { request: Request });
    const contextValue = await enveloped.contextFactory();
    const result = (await enveloped.execute({
      schema: enveloped.schema,
      document,
      contextValue,
      variableValues: variables,
    })) as ExecutionResult<Data>;
    return { data: result.data ?? null, errors: (result.errors ?? []).map((error) => gatewayError(error, caller.requestId, log)) };
  }

  return { yoga, execute };
}

export type GraphQLServer = ReturnType<typeof graphqlServer>;

/** For those without a key, who see no rows: an organization that cannot be. */
const noOrganization = '00000000-0000-0000-0000-000000000000';
