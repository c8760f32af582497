import type { z } from 'zod';
import { version } from '../../version.ts';
import { RequestError, SourceError, UnreachableError } from './failures.ts';
import { readText } from './read-text.ts';
import { backOffMs, exhaustedMs, requestedWaitMs } from './waits.ts';

/** The clock, which tests replace. */
export interface Timing {
  /** Milliseconds since 1970. */
  now(): number;
  /** Rejects if the signal is aborted. */
  delay(ms: number, signal: AbortSignal): Promise<void>;
}

interface Connection {
  /** The name of the API. */
  title: string;
  baseUrl: string;
  token: string;
  timing: Timing;
  /** Aborted when the command shall end. */
  signal: AbortSignal;
  onWait(note: string): void;
}

type Query = Readonly<Record<string, string | number | null>>;

/** An attempt to be repeated. `waitMs`: as long as the answer requests; null: it requests nothing. */
interface Failure {
  reason: string;
  status: number | null;
  waitMs: number | null;
}

const mostAttempts = 6;
const mostWaitMs = 900_000;
const mostRedirects = 5;
const timeoutMs = 60_000;

/** Sends one request at a time, and repeats those that fail. The token is sent to the origin of the base URL only. */
export class Client {
  readonly #connection: Connection;
  /** The rate limit allows no request before this time. */
  #notBefore = 0;
  requests = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Returns the JSON of an answer. @throws RequestError, SourceError, UnreachableError; the signal's reason if it is aborted */
  async get(path: string, query: Query = {}): Promise<unknown> {
    const { baseUrl, onWait } = this.#connection;
    const url = new URL(baseUrl + path);
    for (const [name, value] of Object.entries(query)) if (value !== null) url.searchParams.set(name, String(value));
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#attempt(url);
      if ('json' in answer) return answer.json;
      const { reason, status } = answer;
      if (attempt === mostAttempts) throw new RequestError(`${url.pathname} failed ${mostAttempts} times: ${reason}`, status);
      const waitMs = answer.waitMs ?? backOffMs(attempt);
      if (waitMs > mostWaitMs) throw new RequestError(`${url.pathname}: ${reason}, to be repeated after ${seconds(waitMs)}`, status);
      onWait(`${url.pathname}: ${reason}; repeated in ${seconds(waitMs)}`);
      await this.#delay(waitMs);
    }
  }

  /** Reads an answer. @throws SourceError if it has another shape: then the URL is not that of the API */
  async getAs<Schema extends z.ZodType>(schema: Schema, path: string, query: Query = {}): Promise<z.output<Schema>> {
    const json = await this.get(path, query);
    const read = schema.safeParse(json);
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    const where = issue === undefined || issue.path.length === 0 ? 'the answer' : `"${issue.path.join('.')}"`;
    throw this.#wrongApi(`${path} answered ${keysOf(json)}: ${where} is not as expected`);
  }

  async #attempt(url: URL): Promise<{ json: unknown } | Failure> {
    const { timing, signal } = this.#connection;
    await this.#delay(this.#notBefore - timing.now());
    const isFirst = this.requests === 0;
    let status: number | null = null;
    try {
      const response = await this.#send(url);
      status = response.status;
      this.#notBefore = timing.now() + Math.min(exhaustedMs(response.headers, timing.now()) ?? 0, mostWaitMs);
      const text = await readText(response);
      if (response.ok) return { json: JSON.parse(text) };
      return this.#failure(url, response);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (error instanceof RequestError || error instanceof SourceError) throw error;
      if (isFirst && status === null) throw new UnreachableError(`${url.origin} does not answer: ${reasonOf(error)}`, { cause: error });
      return { reason: status === null ? reasonOf(error) : 'the answer is not complete JSON', status, waitMs: null };
    }
  }

  /** Sends a request, and follows redirects within the origin. */
  async #send(url: URL): Promise<Response> {
    const { token, signal } = this.#connection;
    const headers = { authorization: `Bearer ${token}`, accept: 'application/json', 'user-agent': `parley/${version} (sync)` };
    let target = url;
    for (let redirects = 0; ; redirects++) {
      this.requests++;
      const limits = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      const response = await fetch(target, { headers, redirect: 'manual', signal: limits });
      const location = response.headers.get('location');
      if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return this.#requireJson(target, response);
      await response.body?.cancel();
      target = new URL(location, target);
      if (target.origin !== url.origin)
        throw new SourceError(
          `${url.origin} redirects to ${target.origin}, which does not get the token. If that host is right, give it as --base-url.`,
        );
      if (redirects === mostRedirects) throw this.#wrongApi(`${url.pathname} redirects again and again`);
    }
  }

  #requireJson(url: URL, response: Response): Response {
    const type = response.headers.get('content-type') ?? 'no content type';
    if (response.ok && !/\bjson\b/i.test(type)) throw this.#wrongApi(`${url.pathname} answered ${type}, not JSON`);
    return response;
  }

  /** @throws SourceError, or RequestError for an answer that would be the same the next time */
  #failure({ pathname }: URL, { status, headers }: Response): Failure {
    const { title, baseUrl, timing } = this.#connection;
    if (status === 401) throw new SourceError(`${baseUrl} refused the token (401): it is wrong, expired or revoked`);
    if (status === 403) throw new SourceError(`${baseUrl} refused the token (403): it may not read conversations`);
    if (status === 408 || status === 425 || status === 429 || status >= 500)
      return { reason: `the answer was ${status}`, status, waitMs: requestedWaitMs(headers, timing.now()) };
    throw new RequestError(`${pathname}: ${title} answered ${status}`, status);
  }

  #wrongApi(what: string): SourceError {
    const { title, baseUrl } = this.#connection;
    return new SourceError(`${baseUrl} is not an API of ${title}: ${what}. Check the contract and --base-url.`);
  }

  async #delay(ms: number): Promise<void> {
    const { timing, signal } = this.#connection;
    signal.throwIfAborted();
    if (ms > 0) await timing.delay(ms, signal);
  }
}

function seconds(ms: number): string {
  return `${Math.ceil(ms / 1_000).toLocaleString('en')} s`;
}

/** Names the keys of an answer, never its values: they may be content. */
function keysOf(json: unknown): string {
  if (Array.isArray(json)) return 'a list';
  if (typeof json !== 'object' || json === null) return `a ${json === null ? 'null' : typeof json}`;
  return `an object with ${Object.keys(json).slice(0, 10).join(', ') || 'no keys'}`;
}

function reasonOf(error: unknown): string {
  const { cause, name, message } = error as Error & { cause?: { code?: string; message?: string } };
  if (name === 'TimeoutError') return `no answer within ${seconds(timeoutMs)}`;
  return cause?.code ?? (cause?.message || message);
}
