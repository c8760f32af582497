/** The end of an answer. */
export interface Ended {
  method: string;
  /** Null for an operation over a WebSocket, and for a client that disconnected before its answer began. */
  status: number | null;
  /** True if the client disconnected before it had the whole answer. */
  aborted?: boolean;
}

/** The spans of one request. Times are those of `performance.now()`. */
export interface RequestTrace {
  /** Adds a span of a phase: parse, validate. */
  phase(name: string, begun: number, ended: number): void;
  /** Begins the span of an execution, to which statements belong. @returns a function that ends it */
  execute(): () => void;
  statement(label: string, begun: number, ended: number): void;
  /** Ends the span of the request. */
  end(line: RequestLine): void;
}

/** The line of a request, without content, variables, keys and URLs. */
export type RequestLine = ReturnType<RequestRecord['line']>;

/** One request for the log, the metrics and the trace: filled while the request is answered. It never holds content, variables, keys or a whole URL. */
export class RequestRecord {
  readonly requestId: string;
  /** Null if requests are not traced. */
  readonly trace: RequestTrace | null;
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
  /** True for a subscription, which lasts as long as its client reads. */
  stream = false;
  statements = 0;
  /** Milliseconds that statements took, with their waits for a connection. Parallel statements are added. */
  databaseMs = 0;
  /** The body of an answer over HTTP. */
  bytes = 0;
  readonly #begun = performance.now();

  constructor(requestId: string, trace: RequestTrace | null = null) {
    this.requestId = requestId;
    this.trace = trace;
  }

  countStatement(label: string, begun: number, ended: number): void {
    this.statements += 1;
    this.databaseMs += ended - begun;
    this.trace?.statement(label, begun, ended);
  }

  /** Names the first failure; later ones follow from it. */
  failed(code: string): void {
    this.code ??= code;
  }

  line({ method, status, aborted = false }: Ended) {
    const { requestId, organizationId, keyId, surface, route, operation, operationHash, code, price, statements, bytes, stream } = this;
    const times = { databaseMs: rounded(this.databaseMs), ms: rounded(performance.now() - this.#begun) };
    const fields = { requestId, organizationId, keyId, surface, method, route, operation, operationHash, status, code, price, statements };
    return { ...fields, ...times, bytes, stream, ...(aborted && { aborted }) };
  }
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}
