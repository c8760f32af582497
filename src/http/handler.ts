import type { IncomingMessage, RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { prefersEvents } from '../graphql/execution/event-stream.ts';
import { distinctOnly, isJson } from '../graphql/front.ts';
import type { GraphQLServer } from '../graphql/server.ts';
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
}

/** Bytes of a body that Yoga may read by itself: as many as Node buffers of a body that nobody reads. */
const maxPlainBytes = 64 * 1024;

/**
 * Handles requests of Node's http server. A plain POST to /graphql with a valid key goes straight to Yoga, which is what most requests are and twice as fast;
 * everything else takes the same way as a fetch, where it is refused or answered.
 */
export function nodeHandler({ answer, graphql, arrive, hosts, bodies, cors, held }: Surfaces): RequestListener {
  // Both ways ask for one visit, so that a key that is refused counts once.
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

  return async (request, response) => {
    held.watch(response);
    // The client of graphql-sse shows the reason of a status, and not its body.
    if (request.method === 'PUT' && request.url?.split('?', 1)[0] === '/graphql') response.statusMessage = distinctOnly;
    // Node keeps the first of several Authorization headers; a request that carries two carries none.
    const keys = request.headersDistinct.authorization ?? [];
    if (keys.length > 1) request.headers.authorization = keys.join(', ');
    const problem = ambiguity(request);
    if (problem !== null) return void refuseAmbiguous(problem)(request, response);
    const arrival = arriveFromNode(arrive, request);
    arrived.set(request, arrival);
    const { client, visit } = arrival;
    const isPlain = isPlainPost(request) && hosts.allow(request.headers.host, ...client.forwardedHosts);
    // Why a look-up failed is said by the general way, which meets the same failure.
    const viewer = isPlain ? await visit.authenticate().catch(() => null) : null;
    const complete = viewer && bodies.reserve(viewer.organizationId, Number(request.headers['content-length']));
    if (viewer === null || complete === null) return void general(request, response);
    request.once('end', complete).once('close', complete);
    const { requestId } = visit;
    response.setHeaders(new Map(Object.entries({ ...answerHeaders(requestId), ...noSniffing })));
    for (const [name, value] of Object.entries(cors.headers(request.headers.origin))) response.appendHeader(name, value);
    return void graphql(request, response, { viewer, requestId, visit });
  };
}

/** JSON of a known small length, which the http server then holds it to, for a host that makes a URL, to be answered in JSON. */
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
