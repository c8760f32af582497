import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { prefersEvents } from '../graphql/accept-events.ts';
import { distinctOnly, isJson } from '../graphql/front.ts';
import type { GraphQLServer } from '../graphql/server.ts';
import type { FinishRequest } from '../log/finish-request.ts';
import type { RequestRecord } from '../log/request-record.ts';
import type { AllowedHosts } from './allowed-hosts.ts';
import { type Arrival, type Arrive, arriveFromNode } from './arrivals.ts';
import type { Bodies } from './body.ts';
import type { Cors } from './cors.ts';
import type { HeldAnswers } from './held-answers.ts';
import { answerHeaders, noSniffing } from './request-id.ts';
import { ambiguity, refusePlainly, refuseWithoutUrl } from './unreadable.ts';

interface Surfaces {
  answer(request: Request, arrival: Arrival): Promise<Response>;
  graphql: GraphQLServer['yoga'];
  arrive: Arrive;
  hosts: AllowedHosts;
  bodies: Bodies;
  cors: Cors;
  held: HeldAnswers;
  finish: FinishRequest;
}

/** The most bytes of a body that Yoga reads itself: as many as Node buffers of a body that is not read. */
const maxPlainBytes = 64 * 1024;

/**
 * Handles requests of Node's http server. A plain POST to /graphql with a valid key, as most requests are, goes straight to Yoga, which is twice as fast. Every
 * other request is answered or refused as a fetch.
 */
export function nodeHandler({ answer, graphql, arrive, hosts, bodies, cors, held, finish }: Surfaces): RequestListener {
  // Yoga and `general` use the same visit, so that a refused key counts once.
  const arrived = new WeakMap<object, Arrival>();
  const general = getRequestListener(
    (request, { incoming }) => {
      const arrival = arrived.get(incoming);
      if (arrival === undefined) throw new Error('a request did not arrive');
      return answer(request, arrival);
    },
    { errorHandler: refuseWithoutUrl },
  );
  const refuseAmbiguous = (problem: string) => getRequestListener(() => refusePlainly(problem));

  /** Counts the bytes of an answer, and writes the request's line once the answer is sent or its client has disconnected. */
  function record({ method = '' }: IncomingMessage, response: ServerResponse, line: RequestRecord): void {
    held.watch(response, (bytes) => (line.bytes += bytes));
    response.once('close', () => {
      // Without an answer, Node's status is 200.
      const status = response.headersSent ? response.statusCode : null;
      finish(line, { method, status, aborted: !response.writableFinished });
    });
  }

  return async (request, response) => {
    // The client of graphql-sse shows the status text, not the body.
    if (request.method === 'PUT' && request.url?.split('?', 1)[0] === '/graphql') response.statusMessage = distinctOnly;
    // Node keeps the first of several Authorization headers. Joined, they are no key.
    const keys = request.headersDistinct.authorization ?? [];
    if (keys.length > 1) request.headers.authorization = keys.join(', ');
    const problem = ambiguity(request);
    const arrival = arriveFromNode(arrive, request);
    const { client, visit } = arrival;
    record(request, response, visit.record);
    if (problem !== null) return void refuseAmbiguous(problem)(request, response);
    arrived.set(request, arrival);
    const isPlain = isPlainPost(request) && hosts.allow(request.headers.host, ...client.forwardedHosts);
    // If the look-up fails, `general` fails the same way and reports it.
    const viewer = isPlain ? await visit.authenticate().catch(() => null) : null;
    const complete = viewer && bodies.reserve(viewer.organizationId, Number(request.headers['content-length']));
    if (viewer === null || complete === null) return void general(request, response);
    request.once('end', complete).once('close', complete);
    const { requestId } = visit;
    visit.record.surface = 'graphql';
    visit.record.route = '/graphql';
    response.setHeaders(new Map(Object.entries({ ...answerHeaders(requestId), ...noSniffing })));
    for (const [name, value] of Object.entries(cors.headers(request.headers.origin))) response.appendHeader(name, value);
    return void graphql(request, response, { viewer, requestId, visit });
  };
}

/** True for a POST of JSON with a small length, which Node's http server enforces, with a valid host, and with JSON as the accepted answer. */
function isPlainPost({ method, url, headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return (
    method === 'POST' &&
    url === '/graphql' &&
    length !== undefined &&
    Number(length) <= maxPlainBytes &&
    isJson(headers['content-type']) &&
    /^$|json|\*\/\*/.test(headers.accept ?? '') &&
    !prefersEvents(headers.accept) &&
    URL.canParse(`http://${headers.host}/`)
  );
}
