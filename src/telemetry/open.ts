import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Metrics, Sources } from './metrics.ts';
import type { Tracing } from './tracing.ts';

/** The telemetry that the operator has turned on. */
export interface Telemetry {
  /** Null unless METRICS_PORT is set. */
  metricsOf: ((sources: Sources) => Metrics) | null;
  /** Null unless OTEL_EXPORTER_OTLP_ENDPOINT is set. */
  tracing: Tracing | null;
}

/** Loads the libraries of metrics and traces, but only those that are turned on: a gateway without them starts faster and needs less memory. */
export async function openTelemetry({ metrics, otlpEndpoint, database }: Config, version: string, log: Logger): Promise<Telemetry> {
  const build = { version, node: process.versions.node, database: 'url' in database ? 'postgres' : 'embedded' };
  const { Metrics } = metrics === null ? { Metrics: null } : await import('./metrics.ts');
  return {
    metricsOf: Metrics && ((sources) => new Metrics(build, sources)),
    tracing: otlpEndpoint === null ? null : (await import('./tracing.ts')).openTracing(otlpEndpoint, version, log),
  };
}
