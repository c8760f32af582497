// Server-sent events in the "distinct connections mode" of graphql-sse's protocol: every answer is 200, and a refusal is an event.

const jsonTypes = ['application/graphql-response+json', 'application/json', 'application/*', '*/*'];

/** Returns true if an Accept header names server-sent events. A wildcard does not: its sender would wait for the end of a stream. */
export function acceptsEvents(accept: string | null | undefined): boolean {
  return typesIn(accept).includes('text/event-stream');
}

/** Returns true if an Accept header names server-sent events before any type that JSON has, or without one. */
export function prefersEvents(accept: string | null | undefined): boolean {
  const types = typesIn(accept);
  const events = types.indexOf('text/event-stream');
  const json = types.findIndex((type) => jsonTypes.includes(type));
  return events >= 0 && (json < 0 || events < json);
}

/** Returns the media types of a header without parameters. As in Yoga, their order counts, and `q` does not. */
function typesIn(accept: string | null | undefined): string[] {
  return (accept ?? '').split(',').map((type) => type.split(';', 1)[0]?.trim().toLowerCase() ?? '');
}

/** Turns an answer into a stream of one event, unless it is a stream. The status is 200, because clients ignore the body of any other. */
export async function asEvents(response: Response): Promise<Response> {
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) return response;
  const headers = new Headers(response.headers);
  headers.set('content-type', 'text/event-stream');
  headers.delete('content-length');
  return new Response(`event: next\ndata: ${await response.text()}\n\nevent: complete\ndata:\n\n`, { headers });
}
