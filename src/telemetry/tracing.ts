import { setTimeout as delay } from 'node:timers/promises';
import { type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { ExportResultCode, parseTraceParent } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import type { RequestLine, RequestTrace } from '../log/request-record.ts';

/** Spans of requests, exported over OTLP. */
export interface Tracing {
  /** Begins the trace of a request, below the caller's span if `traceparent` names one. */
  begin(traceparent: string | null): RequestTrace;
  /** Exports the spans that wait, if the receiver takes them soon. */
  close(): Promise<void>;
}

/** A receiver that does not answer must not hold up the stop, and the exporter tries again and again. */
const closeMs = 1_000;

/** Exports spans to an OTLP receiver, such as `http://127.0.0.1:4318`. If the receiver does not answer, its spans are dropped. */
export function openTracing(endpoint: string, version: string, log: Logger): Tracing {
  const exporter = reporting(new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` }), log);
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'parley', 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('parley', version);
  return {
    begin: (traceparent) => new Spans(tracer, traceparent),
    close: () => Promise.race([provider.shutdown(), delay(closeMs, undefined, { ref: false })]),
  };
}

/** Returns an exporter that logs each batch of spans which the receiver did not take, without the receiver's address, which may hold a token. */
function reporting(exporter: SpanExporter, log: Logger): SpanExporter {
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.code !== ExportResultCode.SUCCESS) log.warn({ spans: spans.length }, 'the receiver of traces did not take spans');
        done(result);
      }),
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}

class Spans implements RequestTrace {
  readonly #tracer: Tracer;
  readonly #request: Span;
  /** The parent of new spans: the request, or its execution. */
  #parent: Context;

  constructor(tracer: Tracer, traceparent: string | null) {
    const caller = traceparent === null ? null : parseTraceParent(traceparent);
    const above = caller === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...caller, isRemote: true });
    this.#tracer = tracer;
    this.#request = tracer.startSpan('request', { kind: SpanKind.SERVER }, above);
    this.#parent = trace.setSpan(ROOT_CONTEXT, this.#request);
  }

  phase(name: string, begun: number, ended: number): void {
    this.#tracer.startSpan(name, { startTime: dateOf(begun) }, this.#parent).end(dateOf(ended));
  }

  execute(): () => void {
    const above = this.#parent;
    const span = this.#tracer.startSpan('execute', {}, above);
    this.#parent = trace.setSpan(above, span);
    return () => {
      span.end();
      this.#parent = above;
    };
  }

  statement(label: string, begun: number, ended: number): void {
    const options = { kind: SpanKind.CLIENT, startTime: dateOf(begun), attributes: { 'db.system.name': 'postgresql' } };
    this.#tracer.startSpan(label, options, this.#parent).end(dateOf(ended));
  }

  end(line: RequestLine): void {
    const { surface, method, route, operation, operationHash, status, code, price, requestId, organizationId, keyId } = line;
    this.#request.updateName(operation ?? `${method} ${route ?? surface}`);
    const attributes = {
      'http.request.method': method,
      'http.route': route,
      'http.response.status_code': status,
      'graphql.operation.name': operation,
      'parley.operation.hash': operationHash,
      'parley.surface': surface,
      'parley.request.id': requestId,
      'parley.organization.id': organizationId,
      'parley.key.id': keyId,
      'parley.price': price,
      'error.type': code,
    };
    for (const [name, value] of Object.entries(attributes)) if (value !== null) this.#request.setAttribute(name, value);
    if ((status ?? 0) >= 500) this.#request.setStatus({ code: SpanStatusCode.ERROR });
    this.#request.end();
  }
}

/** Returns the date of a time of `performance.now()`. */
function dateOf(time: number): number {
  return performance.timeOrigin + time;
}
