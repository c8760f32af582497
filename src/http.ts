import type { IncomingMessage, RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Authenticate } from './auth/authenticate.ts';
import { maxBodyBytes } from './body.ts';
import type { Cors } from './cors.ts';
import { isJson } from './graphql/front.ts';
import type { GraphQLServer } from './graphql/server.ts';
import { answerHeaders, newRequestId } from './request-id.ts';

interface Surfaces {
  fetch(request: Request): Promise<Response>;
  graphql: GraphQLServer['yoga'];
  authenticate: Authenticate;
  cors: Cors;
}

/**
 * Node's way in. A plain POST to /graphql with a good key goes straight to Yoga, which is what most requests are and twice as fast;
 * everything else takes the same way as a fetch, where it is refused or answered.
 */
export function nodeHandler({ fetch, graphql, authenticate, cors }: Surfaces): RequestListener {
  const general = getRequestListener(fetch, { errorHandler: () => new Response(null, { status: 400 }) });
  return async (request, response) => {
    // Node keeps the first of several Authorization headers; a request that carries two carries none.
    const keys = request.headersDistinct.authorization ?? [];
    if (keys.length > 1) request.headers.authorization = keys.join(', ');
    // Why a look-up failed is said by the general way, which meets the same failure.
    const viewer = isPlainPost(request) ? await authenticate(request.headers.authorization ?? null).catch(() => null) : null;
    if (viewer === null) return void general(request, response);
    const requestId = newRequestId();
    response.setHeaders(new Map(Object.entries(answerHeaders(requestId))));
    for (const [name, value] of Object.entries(cors.headers(request.headers.origin))) response.appendHeader(name, value);
    return void graphql(request, response, { viewer, requestId });
  };
}

/** JSON of a known length within the limit, which the http server then holds it to, for a host that makes a URL, to be answered in JSON. */
function isPlainPost({ method, url, headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return (
    method === 'POST' &&
    url === '/graphql' &&
    length !== undefined &&
    Number(length) <= maxBodyBytes &&
    isJson(headers['content-type']) &&
    /^$|json|\*\/\*/.test(headers.accept ?? '') &&
    URL.canParse(`http://${headers.host}/`)
  );
}
