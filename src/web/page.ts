import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { isFresh, tagOf } from '../http/etag.ts';
import { chooseEncoding, type Encoding } from './encoding.ts';

/** A page that is the same for every client. */
export interface Page {
  /** Answers with the page; 304 if the client has it already. */
  respond(request: Request): Promise<Response>;
}

interface Encoded {
  body: Uint8Array<ArrayBuffer>;
  etag: string;
}

const compress: Record<Encoding, (html: Buffer) => Promise<Buffer>> = {
  // Quality 5 takes a third of a second for 9 MB, and its result is only a tenth larger than that of the slowest quality.
  br: (html) => promisify(brotliCompress)(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (html) => promisify(gzip)(html),
  identity: async (html) => html,
};

/** Returns a page that is rendered at its first request, and compressed once for each encoding. `policy`: its Content-Security-Policy. */
export function page(render: () => Promise<string>, policy: string): Page {
  const html = once(async () => Buffer.from(await render()));
  const encoded = Object.fromEntries(
    (['br', 'gzip', 'identity'] as const).map((encoding) => [encoding, once(async () => encode(await html(), encoding))]),
  ) as Record<Encoding, () => Promise<Encoded>>;
  return {
    respond: async (request) => {
      const encoding = chooseEncoding(request.headers.get('accept-encoding'));
      const { body, etag } = await encoded[encoding]();
      const headers = new Headers({
        'cache-control': 'no-cache',
        'content-security-policy': policy,
        'content-type': 'text/html; charset=utf-8',
        etag,
        'referrer-policy': 'no-referrer',
        vary: 'Accept, Accept-Encoding',
      });
      if (isFresh(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers });
      if (encoding !== 'identity') headers.set('content-encoding', encoding);
      headers.set('content-length', String(body.byteLength));
      return new Response(body, { headers });
    },
  };
}

async function encode(html: Buffer, encoding: Encoding): Promise<Encoded> {
  return { body: new Uint8Array(await compress[encoding](html)), etag: `"${tagOf(html)}-${encoding}"` };
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
