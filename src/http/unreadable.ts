// Requests that cannot be read as HTTP, or that make no URL: they get a short body that says what to send instead.
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { refuseRequest } from '../graphql/front.ts';
import { refuseTarget, targetProblem, unreadableTarget } from '../rest/unreadable-target.ts';
import { newRequestId, noSniffing } from './request-id.ts';

/** The error that Node's http server gives with `clientError`: `rawPacket` holds the bytes that its parser was reading. */
interface ParserError extends Error {
  code?: string;
  rawPacket?: Buffer;
}

/** The status line and the advice for what Node's parser refuses; everything else is 400. */
const known: Readonly<Record<string, [status: string, advice: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'the headers are too large: send at most 16 KiB'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['413 Payload Too Large', 'the chunk extensions are too large: send none'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'the request took too long to arrive: send it again'],
};

/** Answers a connection whose request Node's http server cannot read, and closes it. */
export async function onClientError(error: ParserError, socket: Socket & { _httpMessage?: { headersSent: boolean } }): Promise<void> {
  // As Node does without a listener: bytes in the middle of another answer would be read as part of it. Only `_httpMessage` says so.
  if (error.code === 'ECONNRESET' || !socket.writable || socket._httpMessage?.headersSent) return void socket.destroy();
  const refusal = error.code === 'HPE_INVALID_URL' && error.rawPacket ? refusalOf(error.rawPacket.toString()) : null;
  if (refusal !== null) return void socket.end(await written(refusal));
  const [status, advice] = known[error.code ?? ''] ?? [
    '400 Bad Request',
    'the request is no HTTP/1.1: check the request line and the headers',
  ];
  const body = `${advice}\n`;
  socket.end(`HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\n${ending(body)}`);
}

/** Null if the target has nothing that must be percent-encoded. */
function refusalOf(head: string): Response | null {
  const target = unreadableTarget(head);
  if (target === null) return null;
  if (!target.startsWith('/graphql?')) return refuseTarget(target, head, newRequestId());
  return refuseRequest(400, { code: 'BAD_USER_INPUT', message: `the URL ${targetProblem}`, details: {} }, newRequestId());
}

/** Answers a request whose Host header or target makes no URL. */
export function refuseWithoutUrl(error: unknown): Response {
  const reason = error instanceof Error ? error.message : 'Invalid URL';
  return refusePlainly(`${reason}: send a Host header and a target that make a URL`);
}

/**
 * Returns why a request is refused that a proxy may read in another way than this gateway: it may take the other one of two hosts, or check the path
 * before its dot segments are resolved. Null: there is no reason.
 */
export function ambiguity({ url = '', headersDistinct }: IncomingMessage): string | null {
  if ((headersDistinct.host?.length ?? 0) > 1) return 'the request has two Host headers: send one';
  return hasDotSegment(url) ? 'the path has a segment . or ..: send the path that it leads to' : null;
}

/** True if a segment of the path is `.` or `..`, plain or percent-encoded. */
function hasDotSegment(target: string): boolean {
  if (!/\.|%2e/i.test(target)) return false;
  const [path = ''] = target.replace(/^[a-z]+:\/\/[^/?#]*/i, '').split(/[?#]/, 1);
  const segments = path.replaceAll(/%2e/gi, '.').split(/\/|\\|%2f|%5c/i);
  return segments.some((segment) => segment === '.' || segment === '..');
}

/** A refusal of a request that belongs to no surface. */
export function refusePlainly(advice: string, status = 400): Response {
  return new Response(`${advice}\n`, {
    status,
    headers: { 'Cache-Control': 'no-store', 'Content-Type': 'text/plain; charset=utf-8', ...noSniffing },
  });
}

/** A response as HTTP/1.1 writes it. */
async function written(response: Response): Promise<string> {
  const body = await response.text();
  response.headers.delete('content-length');
  for (const [name, value] of Object.entries(noSniffing)) response.headers.set(name, value);
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${response.status} ${response.statusText}\r\n${headers.join('')}${ending(body)}`;
}

function ending(body: string): string {
  return `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`;
}
