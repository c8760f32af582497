import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Received {
  headers: IncomingHttpHeaders;
  /** The raw body, and its JSON. */
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the test states the type of a payload
  json: any;
  at: number;
}

/** Starts a receiver of webhooks, which ends with the test. It answers 200, unless `answer` does otherwise. */
export async function startReceiver(answer: (received: Received, response: ServerResponse, nth: number) => void = ok) {
  const received: Received[] = [];
  let respond = answer;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const each = { headers: request.headers, text, json: JSON.parse(text), at: performance.now() };
    received.push(each);
    respond(each, response, received.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return {
    url,
    received,
    answers(next: typeof answer) {
      respond = next;
    },
  };
}

export function ok(_received: Received, response: ServerResponse): void {
  response.end();
}

/** Answers with a status and no body. */
export function status(code: number): (received: Received, response: ServerResponse) => void {
  return (_received, response) => void response.writeHead(code).end();
}
