import type { GraphQLSchema } from 'graphql';
import type { GraphQLParams } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Viewer } from '../auth/viewer.ts';
import type { Visit } from '../auth/visit.ts';
import { DisconnectedError, ParleyError } from '../errors.ts';
import { type Bodies, BodyIncomplete, BodyTooLarge } from '../http/body.ts';
import { answerHeaders } from '../http/request-id.ts';
import { asEvents, prefersEvents } from './accept-events.ts';
import { type GatewayError, gatewayError, httpOf, shownError } from './errors.ts';
import type { Results } from './plugins/present-errors.ts';
import { printedSchema } from './printed-schema.ts';
import { unauthenticated } from './schema/authorization.ts';
import type { GraphQLServer } from './server.ts';

interface Services {
  bodies: Bodies;
  log: Logger;
}

interface Rules {
  /** Clients without a key may introspect the schema. */
  anonymous: boolean;
  /** The schema may be read at all. */
  introspection: boolean;
}

/** Serves GraphQL, from checking the key to the headers of the answer. A client without a valid key is refused before its operation is parsed. */
export function graphqlFront({ yoga, results }: GraphQLServer, schema: GraphQLSchema, { bodies, log }: Services, rules: Rules) {
  const printed = printedSchema(schema);

  /** Checks the key, then answers or refuses. `refuse` turns a status and an error into an answer. */
  async function toKey<Answer>(
    request: Request,
    visit: Visit,
    answer: (viewer: Viewer | null) => Answer | Promise<Answer>,
    refuse: (status: number, error: GatewayError) => Answer,
  ): Promise<Answer> {
    const { requestId, record } = visit;
    const refused = (status: number, error: GatewayError) => {
      record.failed(error.code);
      return refuse(status, error);
    };
    try {
      const viewer = await visit.authenticate();
      if (viewer === null && !rules.anonymous) throw unauthenticated();
      return await answer(viewer);
    } catch (error) {
      if (error instanceof BodyTooLarge || error instanceof BodyIncomplete) {
        const status = error instanceof BodyTooLarge ? 413 : 400;
        return refused(status, { code: 'BAD_USER_INPUT', message: error.message, details: {} });
      }
      // Yoga throws whatever reason the request was aborted with.
      const refusal = gatewayError(request.signal.aborted ? new DisconnectedError({ cause: error }) : error, requestId, log);
      return refused(httpOf(refusal)?.status ?? statuses[refusal.code] ?? 500, refusal);
    }
  }

  /** Checks the key and answers over HTTP. */
  const toRequest = (request: Request, visit: Visit, answer: (viewer: Viewer | null) => Response | Promise<Response>) =>
    toKey(request, visit, answer, (status, error) => refuseRequest(status, error, visit.requestId));

  /** Returns the request with its whole body, so that Yoga does not wait for it. */
  async function withBody(request: Request, viewer: Viewer | null): Promise<Request> {
    const { method, headers, signal, url } = request;
    if (method === 'GET' || method === 'HEAD' || request.body === null) return request;
    return new Request(url, { method, headers, signal, body: await bodies.read(request, viewer?.organizationId ?? null) });
  }

  function checkIntrospection(): void {
    if (!rules.introspection)
      throw new ParleyError('FORBIDDEN', 'the schema cannot be read: only operations that the operator trusts may run');
  }

  return {
    /** `/graphql` */
    operation: async (request: Request, visit: Visit) => {
      // A wrong method needs no key.
      const { method } = request;
      const { requestId } = visit;
      if (method !== 'GET' && method !== 'POST')
        return unanswered(405, 'GET, POST', requestId, method === 'PUT' ? distinctOnly : undefined);
      const answer = await toRequest(request, visit, async (viewer) => {
        // A form on any page can post other types without the user's consent.
        if (method === 'POST' && !isJson(request.headers.get('content-type'))) return unanswered(415, null, requestId);
        const response = await yoga.fetch(await withBody(request, viewer), { viewer, requestId, visit });
        if (response.body !== null || response.status < 400) return withHeaders(response, requestId);
        return unanswered(response.status, response.headers.get('allow'), requestId);
      });
      return prefersEvents(request.headers.get('accept')) ? asEvents(answer) : answer;
    },
    /** Runs an operation of a transport other than HTTP. `request` has the signal that ends it. */
    results: (request: Request, params: GraphQLParams, visit: Visit): Promise<Results> =>
      toKey<Results>(
        request,
        visit,
        (viewer) => results(params, { viewer, requestId: visit.requestId, visit, request }),
        (_status, error) => ({ errors: [shownError(error, visit.requestId)] }),
      ),
    /** Returns the reason why a client may not read the schema; null if it may. */
    schemaRefusal: (request: Request, visit: Visit): Promise<{ status: number; message: string } | null> =>
      toKey<{ status: number; message: string } | null>(
        request,
        visit,
        () => {
          checkIntrospection();
          return null;
        },
        (status, { message }) => ({ status, message }),
      ),
    /** `/schema.graphql` */
    schema: (request: Request, visit: Visit) =>
      toRequest(request, visit, () => {
        const { requestId } = visit;
        checkIntrospection();
        if (request.method !== 'GET') return unanswered(405, 'GET, HEAD', requestId);
        const response = withHeaders(printed(request), requestId);
        // The schema has no data of a tenant, so clients may cache it and revalidate it.
        response.headers.set('Cache-Control', 'private, no-cache');
        return response;
      }),
  };
}

export type GraphQLFront = ReturnType<typeof graphqlFront>;

const statuses: Partial<Record<GatewayError['code'], number>> = { FORBIDDEN: 403 };

/** Returns true if a content type is JSON; bodies of no other type are read. */
export function isJson(contentType: string | null | undefined): boolean {
  return contentType != null && /^application\/(graphql\+)?json\s*(;|$)/i.test(contentType);
}

/** The refusal of PUT, with which clients of graphql-sse reserve one connection for all their operations. */
export const distinctOnly = 'only the "distinct connections mode" of graphql-sse is served: leave out singleConnection';

/** Answers a request that Yoga or this front refused with a status alone: adds a body that says what to send. */
function unanswered(status: number, allow: string | null, requestId: string, advice?: string): Response {
  const messages: Record<number, string> = {
    405: `send ${allow ?? 'GET, POST'}`,
    415: 'send the operation as application/json',
  };
  const message = advice ?? messages[status] ?? 'the request cannot be answered: send an operation of GraphQL over HTTP';
  const answer = refuseRequest(status, { code: 'BAD_USER_INPUT', message, details: {} }, requestId);
  if (allow !== null) answer.headers.set('Allow', allow);
  return answer;
}

/** Answers a request that is refused before it runs an operation. */
export function refuseRequest(status: number, error: GatewayError, requestId: string): Response {
  const { code, message, details } = error;
  const body = { errors: [{ message, extensions: { code, ...details, requestId } }] };
  return withHeaders(Response.json(body, { status, headers: httpOf(error)?.headers }), requestId);
}

function withHeaders(response: Response, requestId: string): Response {
  for (const [name, value] of Object.entries(answerHeaders(requestId))) response.headers.set(name, value);
  return response;
}
