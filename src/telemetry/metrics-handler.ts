import type { RequestListener } from 'node:http';
import type { Metrics } from './metrics.ts';

/** Answers GET /metrics, on a port of its own: without a key, and never where clients reach it. */
export function metricsHandler(metrics: Metrics): RequestListener {
  return async ({ method, url }, response) => {
    if (url?.split('?', 1)[0] !== '/metrics' || (method !== 'GET' && method !== 'HEAD')) {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('metrics are at GET /metrics\n');
      return;
    }
    const text = await metrics.text().catch(() => null);
    if (text === null) return void response.writeHead(500).end('metrics cannot be read\n');
    response.writeHead(200, { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' }).end(method === 'HEAD' ? undefined : text);
  };
}
