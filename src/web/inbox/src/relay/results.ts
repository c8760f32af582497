import type { GraphQLResponse, GraphQLSingularResponse, RequestParameters, Variables } from 'relay-runtime';
import { eventData } from './events.ts';
import { Failure } from './failure.ts';

interface Request {
  key: string;
  operation: RequestParameters;
  variables: Variables;
  signal?: AbortSignal;
  /** Called when the gateway begins to answer. */
  onOpen?: () => void;
}

/**
 * Runs a persisted operation and yields its results: one of a query or a mutation, each event of a subscription. The gateway receives the hash of the document.
 * If it does not know the hash, it receives the document too, and knows the hash from then on.
 * @throws Failure
 */
export async function* results(request: Request): AsyncGenerator<GraphQLResponse> {
  for await (const result of post(request, undefined)) {
    if (problemOf(result)?.message === 'PersistedQueryNotFound') {
      const { default: documents } = await import('../../operations.json');
      const { id, name } = request.operation;
      const query = (documents as Record<string, string>)[id ?? ''];
      if (query === undefined) throw new Failure(`the manifest has no operation ${name}`, null);
      for await (const next of post(request, query)) yield withData(next);
      return;
    }
    yield withData(result);
  }
}

async function* post(
  { key, operation, variables, signal, onOpen }: Request,
  query: string | undefined,
): AsyncGenerator<GraphQLSingularResponse> {
  const streams = operation.operationKind === 'subscription';
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      accept: streams ? 'text/event-stream' : 'application/graphql-response+json',
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      operationName: operation.name,
      query,
      variables,
      extensions: { persistedQuery: { version: 1, sha256Hash: operation.id } },
    }),
    signal: signal ?? null,
  }).catch((error: Error) => {
    throw new Failure(`the gateway does not answer (${error.message})`, null);
  });
  onOpen?.();
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('text/event-stream') && response.body !== null) {
    for await (const data of eventData(response.body)) yield JSON.parse(data);
  } else if (type.includes('json')) {
    yield (await response.json()) as GraphQLSingularResponse;
  } else {
    throw new Failure(`the gateway answered ${response.status}`, null);
  }
}

interface Problem {
  message: string;
  extensions?: { code?: string; reason?: string };
}

function problemOf(result: GraphQLSingularResponse): Problem | undefined {
  return 'errors' in result ? result.errors?.[0] : undefined;
}

/** Refuses a result with errors: the inbox shows complete data or the problem. */
function withData(result: GraphQLSingularResponse): GraphQLSingularResponse {
  const problem = problemOf(result);
  if (problem === undefined) return result;
  throw new Failure(problem.message, problem.extensions?.code ?? null);
}
