export const maxBodyBytes = 4 * 1024 * 1024;

export class BodyTooLarge extends Error {
  override name = 'BodyTooLarge';
  constructor() {
    super(`the body is larger than ${maxBodyBytes / 1024 / 1024} MiB`);
  }
}

/** The request, its body known to be within the limit: by Content-Length, which the http server holds it to, else read here. @throws BodyTooLarge */
export async function limitBody(request: Request, limit: number): Promise<Request> {
  if (request.method === 'GET' || request.method === 'HEAD' || request.body === null) return request;
  const length = request.headers.get('content-length');
  if (length !== null && !(Number(length) <= limit)) throw new BodyTooLarge();
  if (length !== null && !request.headers.has('transfer-encoding')) return request;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > limit) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return new Request(request.url, {
    method: request.method,
    headers: request.headers,
    body: Buffer.concat(chunks),
    signal: request.signal,
  });
}
