import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, handleProtocols } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Visit } from '../auth/visit.ts';
import type { FinishRequest } from '../log/finish-request.ts';
import type { AllowedHosts } from './allowed-hosts.ts';
import { type Arrive, arriveFromNode } from './arrivals.ts';
import { maxBodyBytes } from './body.ts';
import type { Client } from './client.ts';
import type { Cors } from './cors.ts';
import type { HeldAnswers } from './held-answers.ts';
import { noSniffing } from './request-id.ts';
import { ambiguity } from './unreadable.ts';

interface Services {
  sockets: { open(socket: WebSocket, stream: Socket, visit: Visit): void };
  arrive: Arrive;
  hosts: AllowedHosts;
  cors: Cors;
  held: HeldAnswers;
  finish: FinishRequest;
}

interface Refusal {
  status: number;
  message: string;
  headers?: Record<string, string>;
}

/** Handles the event `upgrade` of Node's http server. */
export type UpgradeListener = (request: IncomingMessage, stream: Duplex, head: Buffer) => void;

/** Milliseconds in which a client must confirm that its socket closes. */
const closeTimeout = 2_000;

/**
 * Returns false for an offer of HTTP/2 without TLS (`h2c`), which some clients make with their first request. RFC 9110 allows to decline it with an answer over
 * HTTP/1.1. Every other protocol is accepted or refused.
 */
export function isUpgrade({ headers }: IncomingMessage): boolean {
  return !/^h2c$/i.test(headers.upgrade ?? '');
}

/** Accepts WebSockets at /graphql, and refuses every other upgrade with advice. */
export function upgradeListener({ sockets, arrive, hosts, cors, held, finish }: Services): UpgradeListener {
  // Messages are limited like bodies. There is no compression, because it lets a small message become a large one.
  const options = { noServer: true, clientTracking: false, maxPayload: maxBodyBytes, handleProtocols, closeTimeout };
  const server = new WebSocketServer(options);
  const visits = new WeakMap<IncomingMessage, Visit>();

  /** Refuses an upgrade, and writes its line. */
  function refuse(request: IncomingMessage, stream: Duplex, refusal: Refusal): void {
    const record = visits.get(request)?.record;
    if (record === undefined) throw new Error('an upgrade did not arrive');
    record.surface = 'graphql';
    record.bytes = writeRefusal(stream, refusal);
    finish(record, { method: request.method ?? '', status: refusal.status });
  }

  server.on('wsClientError', ({ message }, stream, request) =>
    refuse(request, stream, { status: 400, message: `${message}: send a handshake of RFC 6455` }),
  );
  return (request, stream, head) => {
    const { client, visit } = arriveFromNode(arrive, request);
    visits.set(request, visit);
    const problem = ambiguity(request);
    if (problem !== null) return refuse(request, stream, { status: 400, message: problem });
    if (!hosts.allow(request.headers.host, ...client.forwardedHosts))
      return refuse(request, stream, { status: 421, message: 'this host is not served here' });
    const refusal = refusalOf(request, cors, client);
    if (refusal !== null) return refuse(request, stream, refusal);
    server.handleUpgrade(request, stream, head, (socket) => {
      held.watch(stream as Socket);
      sockets.open(socket, stream as Socket, visit);
    });
  };
}

/** Returns null if a WebSocket may be opened. */
function refusalOf({ url = '', headers }: IncomingMessage, cors: Cors, client: Client): Refusal | null {
  if (!/^websocket$/i.test(headers.upgrade ?? '')) {
    return {
      status: 426,
      message: 'only WebSocket is served beside HTTP/1.1: send no Upgrade header, or "Upgrade: websocket" at /graphql',
    };
  }
  if (url.split('?', 1)[0] !== '/graphql') return { status: 426, message: 'WebSocket is served at /graphql' };
  if (headers['sec-websocket-version'] !== '13') {
    return { status: 426, message: 'send Sec-WebSocket-Version: 13', headers: { 'Sec-WebSocket-Version': '13' } };
  }
  if (!handleProtocols(headers['sec-websocket-protocol'] ?? '')) {
    return { status: 426, message: `send Sec-WebSocket-Protocol: ${GRAPHQL_TRANSPORT_WS_PROTOCOL}` };
  }
  if (!mayConnect(headers, cors, client)) {
    return { status: 403, message: 'pages of this origin may not read answers: the operator lists origins in CORS_ORIGINS' };
  }
  return null;
}

/** Returns true for pages that may read answers over HTTP too. Browsers send the page's origin, and let any page open a WebSocket. */
function mayConnect({ origin, host }: IncomingMessage['headers'], cors: Cors, client: Client): boolean {
  if (origin === undefined || cors.allows(origin)) return true;
  const page = URL.parse(origin)?.host;
  // A proxy may have changed the Host header; the page's origin is then that of links.
  return page !== undefined && (page === host?.toLowerCase() || page === URL.parse(client.origin)?.host);
}

/** @returns the bytes of the body */
function writeRefusal(stream: Duplex, { status, message, headers = {} }: Refusal): number {
  const body = `${message}\n`;
  const bytes = Buffer.byteLength(body);
  const all = {
    ...(status === 426 && { Upgrade: 'websocket' }),
    ...headers,
    Connection: status === 426 ? 'Upgrade, close' : 'close',
    'Content-Type': 'text/plain; charset=utf-8',
    ...noSniffing,
    'Content-Length': bytes,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  // The client may disconnect before it has read the refusal.
  stream.on('error', () => stream.destroy()).once('finish', () => stream.destroy());
  stream.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
  return bytes;
}
