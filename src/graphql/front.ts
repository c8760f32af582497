import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Authenticate } from '../auth/authenticate.ts';
import type { Viewer } from '../auth/viewer.ts';
import { BodyTooLarge, limitBody, maxBodyBytes } from '../body.ts';
import { ParleyError } from '../errors.ts';
import { answerHeaders } from '../request-id.ts';
import { unauthenticated } from './authorization.ts';
import { type GatewayError, gatewayError } from './errors.ts';
import { printedSchema } from './printed-schema.ts';
import type { GraphQLServer } from './server.ts';

interface Rules {
  /** Who has no key may look at the schema. */
  anonymous: boolean;
  /** The schema is shown at all. */
  introspection: boolean;
}

/** GraphQL over HTTP, from the key to the headers: who has no valid key is refused before anything is parsed. */
export function graphqlFront({ yoga }: GraphQLServer, schema: GraphQLSchema, authenticate: Authenticate, rules: Rules, log: Logger) {
  const printed = printedSchema(schema);

  /** What is answered to a key, or why not. */
  async function toKey(request: Request, requestId: string, answer: (viewer: Viewer | null) => Response | Promise<Response>) {
    try {
      const viewer = await authenticate(request.headers.get('authorization'));
      if (viewer === null && !rules.anonymous) throw unauthenticated();
      return await answer(viewer);
    } catch (error) {
      if (error instanceof BodyTooLarge) return refusal(413, { code: 'BAD_USER_INPUT', message: error.message, details: {} }, requestId);
      const known = gatewayError(error, requestId, log);
      return refusal(known.unavailable ? 503 : (statuses[known.code] ?? 500), known, requestId);
    }
  }

  return {
    /** `/graphql` */
    operation: (request: Request, requestId: string) =>
      toKey(request, requestId, async (viewer) => {
        // What a form of any page could post unasked is no operation, though no key would come with it.
        if (request.method === 'POST' && !isJson(request.headers.get('content-type'))) return unanswered(415, null, requestId);
        const response = await yoga.fetch(await limitBody(request, maxBodyBytes), { viewer, requestId });
        if (response.body !== null || response.status < 400) return withHeaders(response, requestId);
        return unanswered(response.status, response.headers.get('allow'), requestId);
      }),
    /** `/schema.graphql` */
    schema: (request: Request, requestId: string) =>
      toKey(request, requestId, () => {
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

const statuses: Partial<Record<GatewayError['code'], number>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403 };

/** A body is read as JSON alone. */
export function isJson(contentType: string | null | undefined): boolean {
  return contentType != null && /^application\/(graphql\+)?json\s*(;|$)/i.test(contentType);
}

/** What is refused with a status alone, by Yoga too, gets a body. */
function unanswered(status: number, allow: string | null, requestId: string): Response {
  const messages: Record<number, string> = {
    405: `send ${allow ?? 'GET, POST'}`,
    415: 'send the operation as application/json',
  };
  const message = messages[status] ?? 'the request cannot be answered';
  const answer = refusal(status, { code: 'BAD_USER_INPUT', message, details: {} }, requestId);
  if (allow !== null) answer.headers.set('Allow', allow);
  return answer;
}

function refusal(status: number, { code, message, details }: Omit<GatewayError, 'unavailable'>, requestId: string): Response {
  const body = { errors: [{ message, extensions: { code, ...details, requestId } }] };
  const headers = status === 401 ? { 'WWW-Authenticate': 'Bearer' } : undefined;
  return withHeaders(Response.json(body, { status, headers }), requestId);
}

function withHeaders(response: Response, requestId: string): Response {
  for (const [name, value] of Object.entries(answerHeaders(requestId))) response.headers.set(name, value);
  return response;
}
