const methods = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const exposedHeaders = 'X-Request-Id, Retry-After, X-RateLimit-Reset, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset';
/** How long a browser may keep the answer to a preflight; none keeps it longer. */
const maxAgeSeconds = 7_200;

/** Which pages of other origins may read what is answered. No cookie is ever a key, so credentials are not among it. */
export interface Cors {
  /** Returns true if pages of this origin may read answers. */
  allows(origin: string): boolean;
  /** The answer to a preflight, which needs no key; null for any other request. */
  preflight(request: Request): Response | null;
  /** What goes out with every answer to a page of this origin; `vary` is to be added to the answer's own. */
  headers(origin: string | null | undefined): Record<string, string>;
}

/** `origins`: exact ones, as `https://app.example.com`. */
export function cors(origins: readonly string[]): Cors {
  const allowed = new Set(origins);
  const varies: Record<string, string> = allowed.size === 0 ? {} : { vary: 'Origin' };

  const headers: Cors['headers'] = (origin) => {
    if (origin == null || !allowed.has(origin)) return varies;
    return { ...varies, 'access-control-allow-origin': origin, 'access-control-expose-headers': exposedHeaders };
  };

  return {
    allows: (origin) => allowed.has(origin),
    headers,
    preflight({ method, headers: sent }) {
      const origin = sent.get('origin');
      if (method !== 'OPTIONS' || origin === null || !sent.has('access-control-request-method')) return null;
      const answer = { vary: 'Origin, Access-Control-Request-Headers' };
      if (!allowed.has(origin)) return new Response(null, { status: 204, headers: answer });
      return new Response(null, {
        status: 204,
        headers: {
          ...headers(origin),
          ...answer,
          'access-control-allow-methods': methods,
          // A page that may send a key may send any header: none is more than that.
          'access-control-allow-headers': sent.get('access-control-request-headers') ?? 'Authorization, Content-Type',
          'access-control-max-age': String(maxAgeSeconds),
        },
      });
    },
  };
}
