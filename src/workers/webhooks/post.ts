import { type LookupAddress, type LookupAllOptions, lookup as systemLookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Ranges } from '../../values/public-address.ts';
import { hostOf, mayConnect } from '../../values/webhook-url.ts';
import { type Failure, failureOf, RefusedAddress } from './failure.ts';

/** The most bytes of an answer that are read. */
const maxAnswerBytes = 64 * 1024;

interface Posted {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
  /** The time for the address, the connection and the whole answer together. */
  timeoutMs: number;
  /** Ends the request early. */
  signal: AbortSignal;
}

/** The answer of a receiver, of which only the status and the size are kept; or the failure that left it without one. */
export type PostResult = { status: number; bytes: number; durationMs: number } | { error: Failure; durationMs: number };

export type Post = (posted: Posted) => Promise<PostResult>;

/** Returns all addresses of a name, as `dns.lookup` of Node. */
export type Lookup = (host: string, options: LookupAllOptions, done: (error: Error | null, addresses: LookupAddress[]) => void) => void;

/**
 * Returns a function that posts a body to a URL that a customer chose. It connects to public addresses by https, and to `allowed` ranges by http or https. The address
 * that is checked is the one that is connected to: the name is resolved once. Each request has its own connection, and redirects are not followed.
 */
export function poster(allowed: Ranges, lookup: Lookup = systemLookup): Post {
  return async ({ url: text, timeoutMs, signal, ...sent }) => {
    const begun = performance.now();
    const timeout = AbortSignal.timeout(timeoutMs);
    const took = () => Math.round(performance.now() - begun);
    try {
      const answer = await send(new URL(text), { ...sent, signal: AbortSignal.any([signal, timeout]) }, allowed, lookup);
      return { ...answer, durationMs: took() };
    } catch (error) {
      return { error: signal.aborted ? 'aborted' : timeout.aborted ? 'timeout' : failureOf(error), durationMs: took() };
    }
  };
}

function send(url: URL, { headers, body, signal }: Pick<Posted, 'headers' | 'body' | 'signal'>, allowed: Ranges, lookup: Lookup) {
  const host = hostOf(url);
  // Node connects to an address without a lookup.
  if (isIP(host) !== 0 && !mayConnect(url, host, allowed)) throw new RefusedAddress(host);
  return new Promise<{ status: number; bytes: number }>((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': String(body.byteLength) },
      // A connection of its own: one that is kept would still lead to the address of an earlier check.
      agent: false,
      lookup: checkedLookup(lookup, (address) => mayConnect(url, address, allowed)),
      signal,
    });
    request.on('error', reject);
    // Also after `error`, where it does nothing: a connection may end without an answer and without an error.
    request.on('close', () => reject(new Error('the connection ended without an answer')));
    request.on('response', (response) => {
      let bytes = 0;
      const answered = () => resolve({ status: response.statusCode ?? 0, bytes });
      response.on('data', (chunk: Buffer) => {
        bytes = Math.min(bytes + chunk.byteLength, maxAnswerBytes);
        if (bytes < maxAnswerBytes) return;
        answered();
        response.destroy();
      });
      response.on('end', answered);
      response.on('error', reject);
    });
    request.end(body);
  });
}

/** Returns a lookup for Node's sockets that fails if any address of the name may not be connected to: then the name cannot be trusted. */
function checkedLookup(lookup: Lookup, mayConnect: (address: string) => boolean): LookupFunction {
  return (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      const refused = addresses?.find(({ address }) => !mayConnect(address));
      if (error !== null) done(error, []);
      else if (first === undefined || refused !== undefined) done(new RefusedAddress(refused?.address ?? 'none'), []);
      else if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
}
