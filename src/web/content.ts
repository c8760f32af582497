import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { isFresh, tagOf } from '../http/etag.ts';
import { chooseEncoding, type Encoding } from './encoding.ts';

/** Content that is the same for every client. */
export interface Content {
  /** Answers with the content; 304 if the client has it already, 405 if the method is not GET. */
  respond(request: Request): Promise<Response>;
}

interface Encoded {
  body: Uint8Array<ArrayBuffer>;
  etag: string;
}

const encodings = ['br', 'gzip', 'identity'] as const;

const compress: Record<Encoding, (content: Buffer) => Promise<Buffer>> = {
  // Quality 5 takes a third of a second for 9 MB, and its result is only a tenth larger than that of the slowest quality.
  br: (content) => promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (content) => promisify(gzip)(content),
  identity: async (content) => content,
};

/** Returns content that is read at its first request, and compressed once for each encoding. `headers`: of each answer; `isPacked`: already compressed, as images are. */
export function content(read: () => Promise<Buffer>, headers: Record<string, string>, isPacked = false): Content {
  const plain = once(read);
  const encoded = Object.fromEntries(encodings.map((encoding) => [encoding, once(async () => encode(await plain(), encoding))])) as Record<
    Encoding,
    () => Promise<Encoded>
  >;
  return {
    respond: async (request) => {
      if (request.method !== 'GET') return onlyRead();
      const encoding = isPacked ? 'identity' : chooseEncoding(request.headers.get('accept-encoding'));
      const { body, etag } = await encoded[encoding]();
      const answered = new Headers({ 'cache-control': 'no-cache', etag, vary: 'Accept-Encoding', ...headers });
      if (isFresh(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers: answered });
      if (encoding !== 'identity') answered.set('content-encoding', encoding);
      answered.set('content-length', String(body.byteLength));
      return new Response(body, { headers: answered });
    },
  };
}

/** Refuses a request to a page or file with a method that changes something. */
export function onlyRead(): Response {
  const headers = { allow: 'GET, HEAD', 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' };
  return new Response('this can only be read: send GET\n', { status: 405, headers });
}

async function encode(plain: Buffer, encoding: Encoding): Promise<Encoded> {
  return { body: new Uint8Array(await compress[encoding](plain)), etag: `"${tagOf(plain)}-${encoding}"` };
}

/** Returns a function that calls `make` once and keeps its result. After a failure the next call tries again. */
function once<Result>(make: () => Promise<Result>): () => Promise<Result> {
  let made: Promise<Result> | null = null;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
}
