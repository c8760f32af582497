// A receiver of spans that takes connections and never answers.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { newDataDir } from '../main/start.ts';

test('holds up neither requests nor the stop', async () => {
  const received: IncomingMessage[] = [];
  const receiver = createServer((request) => void received.push(request.resume())).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const { port } = receiver.address() as AddressInfo;
  const OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${port}`;
  const app = await createApp(loadConfig({ DATA_DIR: await newDataDir(), OTEL_EXPORTER_OTLP_ENDPOINT, LOG_LEVEL: 'silent' }));
  expect((await app.fetch(new Request('http://127.0.0.1/v1/conversations'))).status).toBe(401);
  await app.close();
  // The gateway has closed before the exporter gave up.
  expect(received.map(({ socket }) => socket.destroyed)).toEqual([false]);
  receiver.closeAllConnections();
  receiver.close();
});
