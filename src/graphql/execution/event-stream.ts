// Answers as server-sent events, by the "distinct connections mode" of graphql-sse's protocol: every answer is 200, and a refusal is an event too.

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

/** Without parameters: as in Yoga, the order of the header counts, and `q` does not. */
function typesIn(accept: string | null | undefined): string[] {
  return (accept ?? '').split(',').map((type) => type.split(';', 1)[0]?.trim().toLowerCase() ?? '');
}

/** The same answer as an event and the end of the stream, if it is no stream yet. A status other than 200 would hide it from clients. */
export async function asEvents(response: Response): Promise<Response> {
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) return response;
  const headers = new Headers(response.headers);
  headers.set('content-type', 'text/event-stream');
  headers.delete('content-length');
  return new Response(`event: next\ndata: ${await response.text()}\n\nevent: complete\ndata:\n\n`, { headers });
}
