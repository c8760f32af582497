import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, handleProtocols } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Visit } from '../auth/visit.ts';
import type { AllowedHosts } from './allowed-hosts.ts';
import { type Arrive, arriveFromNode } from './arrivals.ts';
import { maxBodyBytes } from './body.ts';
import type { Client } from './client.ts';
import type { Cors } from './cors.ts';
import type { HeldAnswers } from './held-answers.ts';
import { noSniffing } from './request-id.ts';
import { ambiguity } from './unreadable.ts';

interface Means {
  sockets: { open(socket: WebSocket, stream: Socket, visit: Visit): void };
  arrive: Arrive;
  hosts: AllowedHosts;
  cors: Cors;
  held: HeldAnswers;
}

interface Refusal {
  status: number;
  message: string;
  headers?: Record<string, string>;
}

/** Handles a request of Node's http server to speak another protocol on its connection. */
export type UpgradeListener = (request: IncomingMessage, stream: Duplex, head: Buffer) => void;

/** Milliseconds in which a client must answer that its socket is being closed. */
const closeTimeout = 2_000;

/**
 * Returns false for an offer of HTTP/2 without TLS, which some clients make with their first request: it is declined, as RFC 9110 allows, by an answer over
 * HTTP/1.1. Every other protocol that a client asks for is accepted or refused.
 */
export function isUpgrade({ headers }: IncomingMessage): boolean {
  return !/^h2c$/i.test(headers.upgrade ?? '');
}

/** Accepts WebSockets at /graphql, and refuses every other upgrade with a sentence. */
export function upgradeListener({ sockets, arrive, hosts, cors, held }: Means): UpgradeListener {
  // It speaks the protocol and holds messages to the length of a body; compression would let a small message become a large one.
  const options = { noServer: true, clientTracking: false, maxPayload: maxBodyBytes, handleProtocols, closeTimeout };
  const server = new WebSocketServer(options);
  server.on('wsClientError', ({ message }, stream) => refuse(stream, { status: 400, message: `${message}: send a handshake of RFC 6455` }));
  return (request, stream, head) => {
    const { client, visit } = arriveFromNode(arrive, request);
    const problem = ambiguity(request);
    if (problem !== null) return refuse(stream, { status: 400, message: problem });
    if (!hosts.allow(request.headers.host, ...client.forwardedHosts))
      return refuse(stream, { status: 421, message: 'this host is not served here' });
    const refusal = refusalOf(request, cors, client);
    if (refusal !== null) return refuse(stream, refusal);
    server.handleUpgrade(request, stream, head, (socket) => {
      held.watch(stream as Socket);
      sockets.open(socket, stream as Socket, visit);
    });
  };
}

/** Null if a WebSocket may be opened. */
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

/** A browser sends the origin of its page, and lets any page connect: the pages that may read answers over HTTP may read them here, and no others. */
function mayConnect({ origin, host }: IncomingMessage['headers'], cors: Cors, client: Client): boolean {
  if (origin === undefined || cors.allows(origin)) return true;
  const page = URL.parse(origin)?.host;
  // A proxy may have written another Host: the page is then at the address that links have.
  return page !== undefined && (page === host?.toLowerCase() || page === URL.parse(client.origin)?.host);
}

function refuse(stream: Duplex, { status, message, headers = {} }: Refusal): void {
  const body = `${message}\n`;
  const all = {
    ...(status === 426 && { Upgrade: 'websocket' }),
    ...headers,
    Connection: status === 426 ? 'Upgrade, close' : 'close',
    'Content-Type': 'text/plain; charset=utf-8',
    ...noSniffing,
    'Content-Length': Buffer.byteLength(body),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  // The client may disconnect meanwhile.
  stream.on('error', () => stream.destroy()).once('finish', () => stream.destroy());
  stream.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
}
