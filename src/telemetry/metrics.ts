import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { PoolUse } from '../database/database.ts';
import type { RequestLine } from '../log/request-record.ts';

/** The parts of the gateway that are read at each scrape. */
export interface Sources {
  /** Null on the embedded database, which has no pool. */
  pool: () => PoolUse | null;
  /** Open event streams. */
  streams: () => number;
  /** Seconds from the writing of the last event to its delivery here; null before the first. */
  eventLag: () => number | null;
}

/** A value with its labels. */
type Sample = [number, Record<string, string>];

/** Constant facts of this process. */
interface Build {
  version: string;
  node: string;
  database: string;
}

/** Upper bounds in seconds: a page takes milliseconds, an import's batch seconds. */
const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const prices = [1, 10, 100, 500, 1_000, 5_000, 10_000, 50_000, 100_000];

/** The metrics of one gateway in Prometheus' format. No label has a value that clients choose, so their number is bounded. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = this.#counter('parley_requests_total', 'Requests that have ended.', ['surface', 'method', 'route', 'status']);
  readonly #failures = this.#counter('parley_failures_total', 'Requests that ended with an error or a refusal, by its code.', [
    'surface',
    'code',
  ]);
  readonly #lastError = new Gauge({
    name: 'parley_last_error_timestamp_seconds',
    help: 'Unix time of the last failure of the gateway itself, by its code.',
    labelNames: ['code'],
    registers: [this.#registry],
  });
  readonly #duration = this.#histogram(
    'parley_request_duration_seconds',
    'Time from arrival to the end of the answer, without streams.',
    seconds,
  );
  readonly #database = this.#histogram(
    'parley_request_database_seconds',
    'Time in statements, with waits for a connection, of a request.',
    seconds,
  );
  readonly #price = this.#histogram('parley_operation_price', 'Cost of operations, in points.', prices);
  readonly #statements = this.#counter('parley_statements_total', 'Statements that requests have run.', ['surface']);

  constructor(build: Build, { pool, streams, eventLag }: Sources) {
    collectDefaultMetrics({ register: this.#registry });
    const about = { ...build };
    this.#gauge('parley_build_info', 'Always 1. The labels name the program.', () => [[1, about]], Object.keys(about));
    const poolUse = (): Sample[] => {
      const use = pool();
      if (use === null) return [];
      return [
        [use.inUse, { state: 'in_use' }],
        [use.size - use.inUse, { state: 'free' }],
      ];
    };
    this.#gauge('parley_pool_connections', 'Connections to PostgreSQL, by what they do.', poolUse, ['state']);
    this.#gauge('parley_pool_waiting', 'Statements that wait for a connection.', () => one(pool()?.waiting ?? null));
    this.#gauge('parley_open_streams', 'Open event streams.', () => one(streams()));
    this.#gauge('parley_event_lag_seconds', 'Time from the writing of the last event to its delivery here.', () => one(eventLag()));
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Counts a request that has ended. */
  observe({ surface, method, route, status, code, price, statements, ms, databaseMs, stream }: RequestLine): void {
    const labels = { surface, route: route ?? 'none' };
    this.#requests.inc({ ...labels, method, status: status ?? 'none' });
    if (!stream) this.#duration.observe(labels, ms / 1_000);
    if (statements > 0) {
      this.#statements.inc({ surface }, statements);
      this.#database.observe(labels, databaseMs / 1_000);
    }
    if (price !== null) this.#price.observe(labels, price);
    if (code === null) return;
    this.#failures.inc({ surface, code });
    if ((status ?? 0) >= 500 || /^(internal|unavailable)$/i.test(code)) this.#lastError.set({ code }, Date.now() / 1_000);
  }

  /** Returns all metrics as text. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #counter(name: string, help: string, labelNames: readonly string[]) {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }

  #histogram(name: string, help: string, buckets: number[]) {
    return new Histogram({ name, help, buckets, labelNames: ['surface', 'route'], registers: [this.#registry] });
  }

  /** Adds a value that is read at each scrape. */
  #gauge(name: string, help: string, read: () => Sample[], labelNames: string[] = []): void {
    const gauge = new Gauge({ name, help, labelNames, registers: [this.#registry], collect: () => update() });
    const update = () => {
      const samples = read();
      gauge.reset();
      // A metric without labels would be 0, which is a value.
      if (samples.length === 0 && labelNames.length === 0) gauge.remove();
      for (const [value, labels] of samples) gauge.set(labels, value);
    };
  }
}

/** One value without labels; none for null. */
function one(value: number | null): Sample[] {
  return value === null ? [] : [[value, {}]];
}
