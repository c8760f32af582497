import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll } from 'vitest';
import type { App } from '../../src/app.ts';

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Serves an app on a port. Call it at the top of the file, after `useApp`. */
export function useServer(parley: { app: Pick<App, 'handler' | 'upgrade'> }) {
  let server: Server;

  beforeAll(async () => {
    server = createServer((request, response) => parley.app.handler(request, response))
      .on('upgrade', (request, stream, head) => parley.app.upgrade(request, stream, head))
      .listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => {
    server?.closeAllConnections();
    server?.close();
  });

  const port = () => (server.address() as AddressInfo).port;
  return {
    get port() {
      return port();
    },
    get origin() {
      return `http://127.0.0.1:${port()}`;
    },
    /** Breaks all connections, as a network does. */
    breakConnections(): void {
      server.closeAllConnections();
    },
    /** Sends a request without normalizing it: any target, and any Host header. */
    async send(target: string, headers: Record<string, string | string[]>, { method = 'GET', body = '' } = {}): Promise<Answer> {
      const sent = request({ host: '127.0.0.1', port: port(), path: target, method, headers }).end(body);
      const [response] = await once(sent, 'response');
      return { status: response.statusCode, headers: response.headers, body: await text(response) };
    },
  };
}
