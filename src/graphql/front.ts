import type { GraphQLSchema } from 'graphql';
import type { GraphQLParams } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Viewer } from '../auth/viewer.ts';
import type { Visit } from '../auth/visit.ts';
import { DisconnectedError, ParleyError } from '../errors.ts';
import { type Bodies, BodyIncomplete, BodyTooLarge } from '../http/body.ts';
import { answerHeaders } from '../http/request-id.ts';
import { type GatewayError, gatewayError, httpOf, shownError } from './errors.ts';
import { asEvents, prefersEvents } from './execution/event-stream.ts';
import type { Results } from './plugins/present-errors.ts';
import { printedSchema } from './printed-schema.ts';
import { unauthenticated } from './schema/authorization.ts';
import type { GraphQLServer } from './server.ts';

interface Means {
  bodies: Bodies;
  log: Logger;
}

interface Rules {
  /** Who has no key may look at the schema. */
  anonymous: boolean;
  /** The schema is shown at all. */
  introspection: boolean;
}

/** GraphQL from the key on, over HTTP to the headers: who has no valid key is refused before anything is parsed. */
export function graphqlFront({ yoga, results }: GraphQLServer, schema: GraphQLSchema, { bodies, log }: Means, rules: Rules) {
  const printed = printedSchema(schema);

  /** Answers a request once its key is known, or refuses it: `refuse` makes an answer of a status and an error. */
  async function toKey<Answer>(
    request: Request,
    visit: Visit,
    answer: (viewer: Viewer | null) => Answer | Promise<Answer>,
    refuse: (status: number, error: GatewayError) => Answer,
  ): Promise<Answer> {
    const { requestId } = visit;
    try {
      const viewer = await visit.authenticate();
      if (viewer === null && !rules.anonymous) throw unauthenticated();
      return await answer(viewer);
    } catch (error) {
      if (error instanceof BodyTooLarge || error instanceof BodyIncomplete) {
        const status = error instanceof BodyTooLarge ? 413 : 400;
        return refuse(status, { code: 'BAD_USER_INPUT', message: error.message, details: {} });
      }
      // Yoga passes on whatever reason the request was aborted with.
      const known = gatewayError(request.signal.aborted ? new DisconnectedError({ cause: error }) : error, requestId, log);
      return refuse(httpOf(known)?.status ?? statuses[known.code] ?? 500, known);
    }
  }

  /** The same over HTTP. */
  const toRequest = (request: Request, visit: Visit, answer: (viewer: Viewer | null) => Response | Promise<Response>) =>
    toKey(request, visit, answer, (status, error) => refuseRequest(status, error, visit.requestId));

  /** The request with its whole body, so that Yoga does not wait for it. */
  async function withBody(request: Request, viewer: Viewer | null): Promise<Request> {
    const { method, headers, signal, url } = request;
    if (method === 'GET' || method === 'HEAD' || request.body === null) return request;
    return new Request(url, { method, headers, signal, body: await bodies.read(request, viewer?.organizationId ?? null) });
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
        // What a form of any page could post unasked is no operation, though no key would come with it.
        if (method === 'POST' && !isJson(request.headers.get('content-type'))) return unanswered(415, null, requestId);
        const response = await yoga.fetch(await withBody(request, viewer), { viewer, requestId, visit });
        if (response.body !== null || response.status < 400) return withHeaders(response, requestId);
        return unanswered(response.status, response.headers.get('allow'), requestId);
      });
      return prefersEvents(request.headers.get('accept')) ? asEvents(answer) : answer;
    },
    /** An operation of a transport other than HTTP. `request` has the signal that ends it. */
    results: (request: Request, params: GraphQLParams, visit: Visit): Promise<Results> =>
      toKey<Results>(
        request,
        visit,
        (viewer) => results(params, { viewer, requestId: visit.requestId, visit, request }),
        (_status, error) => ({ errors: [shownError(error, visit.requestId)] }),
      ),
    /** `/schema.graphql` */
    schema: (request: Request, visit: Visit) =>
      toRequest(request, visit, () => {
        const { requestId } = visit;
        if (!rules.introspection)
          throw new ParleyError('FORBIDDEN', 'only operations that the operator trusts run here, and the schema is not shown');
        if (request.method !== 'GET') return unanswered(405, 'GET, HEAD', requestId);
        const response = withHeaders(printed(request), requestId);
        // It has nothing of anybody's, so it may be kept, where the server says that it is still the one.
        response.headers.set('Cache-Control', 'private, no-cache');
        return response;
      }),
  };
}

export type GraphQLFront = ReturnType<typeof graphqlFront>;

const statuses: Partial<Record<GatewayError['code'], number>> = { FORBIDDEN: 403 };

/** A body is read as JSON alone. */
export function isJson(contentType: string | null | undefined): boolean {
  return contentType != null && /^application\/(graphql\+)?json\s*(;|$)/i.test(contentType);
}

/** The answer to PUT, with which a client of graphql-sse reserves one connection for all of its operations. */
export const distinctOnly = 'only the "distinct connections mode" of graphql-sse is served: leave out singleConnection';

/** What is refused with a status alone, by Yoga too, gets a body. */
function unanswered(status: number, allow: string | null, requestId: string, advice?: string): Response {
  const messages: Record<number, string> = {
    405: `send ${allow ?? 'GET, POST'}`,
    415: 'send the operation as application/json',
  };
  const message = advice ?? messages[status] ?? 'the request cannot be answered';
  const answer = refuseRequest(status, { code: 'BAD_USER_INPUT', message, details: {} }, requestId);
  if (allow !== null) answer.headers.set('Allow', allow);
  return answer;
}

/** Answers what is refused before it is an operation. */
export function refuseRequest(status: number, error: GatewayError, requestId: string): Response {
  const { code, message, details } = error;
  const body = { errors: [{ message, extensions: { code, ...details, requestId } }] };
  return withHeaders(Response.json(body, { status, headers: httpOf(error)?.headers }), requestId);
}

function withHeaders(response: Response, requestId: string): Response {
  for (const [name, value] of Object.entries(answerHeaders(requestId))) response.headers.set(name, value);
  return response;
}
