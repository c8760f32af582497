import type { Logger } from 'pino';

/** The end of an answer. */
interface Ended {
  method: string;
  /** Null for an operation over a WebSocket. */
  status: number | null;
  /** True if the client disconnected before it had the whole answer. */
  aborted?: boolean;
}

/** One request for the log and the metrics: filled while the request is answered. It never holds content, variables, keys or a whole URL. */
export class RequestRecord {
  readonly requestId: string;
  /** Null without a valid key. */
  organizationId: string | null = null;
  keyId: string | null = null;
  /** `graphql`, a REST contract's name, `page` or `health`. */
  surface = 'page';
  /** The route's pattern, such as `/v1/messages/{id}`: never the URL, which has values. Null if no route matched. */
  route: string | null = null;
  /** The operation's name; null without one. */
  operation: string | null = null;
  /** The SHA-256 of the document. */
  operationHash: string | null = null;
  /** The first error's code in GraphQL, or the reason of a REST refusal; null for an answer without errors. */
  code: string | null = null;
  /** The cost that the operation spent; null if none ran. */
  price: number | null = null;
  statements = 0;
  /** Milliseconds that statements took, with their waits for a connection. Parallel statements are added. */
  databaseMs = 0;
  /** The body of an answer over HTTP. */
  bytes = 0;
  readonly #begun = performance.now();
  #written = false;

  constructor(requestId: string) {
    this.requestId = requestId;
  }

  /** Counts one statement. */
  countStatement(ms: number): void {
    this.statements += 1;
    this.databaseMs += ms;
  }

  /** Names the first failure; later ones follow from it. */
  failed(code: string): void {
    this.code ??= code;
  }

  /** Writes the request's line, once. Lines of pages and of health checks have level debug: load balancers request them all the time. */
  write(log: Logger, { method, status, aborted = false }: Ended): void {
    if (this.#written) return;
    this.#written = true;
    const { requestId, organizationId, keyId, surface, route, operation, operationHash, code, price, statements, bytes } = this;
    const times = { databaseMs: rounded(this.databaseMs), ms: rounded(performance.now() - this.#begun) };
    const level = surface === 'page' || surface === 'health' ? 'debug' : 'info';
    const fields = { requestId, organizationId, keyId, surface, method, route, operation, operationHash, status, code, price, statements };
    log[level]({ ...fields, ...times, bytes, ...(aborted && { aborted }) }, 'request');
  }
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}
