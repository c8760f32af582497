import type { Logger } from 'pino';
import type { Ended, RequestLine, RequestRecord } from './request-record.ts';

/** Ends a request's record. Only the first call counts. */
export type FinishRequest = (record: RequestRecord, ended: Ended) => void;

/**
 * Returns the function that writes the line of each request. Lines of pages and of health checks have level debug: load balancers request them all the time.
 * @param observe gets each line, for metrics
 */
export function requestLog(log: Logger, observe: (line: RequestLine) => void): FinishRequest {
  const finished = new WeakSet<RequestRecord>();
  return (record, ended) => {
    if (finished.has(record)) return;
    finished.add(record);
    const line = record.line(ended);
    log[record.surface === 'page' || record.surface === 'health' ? 'debug' : 'info'](line, 'request');
    observe(line);
    record.trace?.end(line);
  };
}
