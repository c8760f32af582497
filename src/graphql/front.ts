import type { Logger } from 'pino';
import type { Authenticate } from '../auth/authenticate.ts';
import type { Viewer } from '../auth/viewer.ts';
import { BodyTooLarge, limitBody, maxBodyBytes } from '../body.ts';
import { answerHeaders } from '../request-id.ts';
import { unauthenticated } from './authorization.ts';
import { type GatewayError, gatewayError } from './errors.ts';
import type { GraphQLServer } from './server.ts';

/** GraphQL over HTTP, from the key to the headers: who has no valid key is refused before anything is parsed. */
export function graphqlFront({ yoga }: GraphQLServer, authenticate: Authenticate, { anonymous, log }: { anonymous: boolean; log: Logger }) {
  return async (request: Request, requestId: string): Promise<Response> => {
    try {
      const viewer = await authenticate(request.headers.get('authorization'));
      if (viewer === null && !anonymous) throw unauthenticated();
      return await answer(request, viewer, requestId);
    } catch (error) {
      if (error instanceof BodyTooLarge) return refusal(413, { code: 'BAD_USER_INPUT', message: error.message, details: {} }, requestId);
      const known = gatewayError(error, requestId, log);
      return refusal(known.unavailable ? 503 : known.code === 'UNAUTHENTICATED' ? 401 : 500, known, requestId);
    }
  };

  async function answer(request: Request, viewer: Viewer | null, requestId: string): Promise<Response> {
    const response = await yoga.fetch(await limitBody(request, maxBodyBytes), { viewer, requestId });
    return response.body === null && response.status >= 400 ? unanswered(response, requestId) : withHeaders(response, requestId);
  }
}

/** Yoga refuses some requests with a status alone. */
function unanswered({ status, headers }: Response, requestId: string): Response {
  const message =
    status === 415 ? 'send the operation as application/json' : status === 405 ? 'send GET or POST' : 'the request cannot be answered';
  const answer = refusal(status, { code: 'BAD_USER_INPUT', message, details: {} }, requestId);
  const allow = headers.get('allow');
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
