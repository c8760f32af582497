const methods = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const exposedHeaders = 'X-Request-Id, Retry-After, X-RateLimit-Reset, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset';
/** The time for which a browser may cache a preflight. No browser allows more. */
const maxAgeSeconds = 7_200;

/** The rules for pages of other origins. A cookie is never a key, so credentials are not allowed. */
export interface Cors {
  /** Returns true if pages of this origin may read answers. */
  allows(origin: string): boolean;
  /** Answers a preflight, which needs no key. Returns null for any other request. */
  preflight(request: Request): Response | null;
  /** Returns the headers of an answer to a request with this origin, or without one. `vary` must be added to the answer's own. */
  headers(origin: string | null | undefined): Record<string, string>;
}

/** @param origins exact origins, such as `https://app.example.com` */
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
          // A page that may send a key may send any header, because no header allows more than a key.
          'access-control-allow-headers': sent.get('access-control-request-headers') ?? 'Authorization, Content-Type',
          'access-control-max-age': String(maxAgeSeconds),
        },
      });
    },
  };
}
