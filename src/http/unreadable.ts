// Refusals of requests that are no valid HTTP or have no valid URL: a short body says what to send instead.
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { refuseRequest } from '../graphql/front.ts';
import { refuseTarget, targetProblem, unreadableTarget } from '../rest/unreadable-target.ts';
import { newRequestId, noSniffing } from './request-id.ts';

/** The error of Node's event `clientError`. `rawPacket` holds the bytes that the parser was reading. */
interface ParserError extends Error {
  code?: string;
  rawPacket?: Buffer;
}

/** The status and the advice for errors of Node's parser; all others are 400. */
const refusals: Readonly<Record<string, [status: string, advice: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'the headers are too large: send at most 16 KiB'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['413 Payload Too Large', 'the chunk extensions are too large: send none'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'the request took too long to arrive: send it again'],
};

/** Answers and closes a connection whose request Node's http server cannot read. */
export async function onClientError(error: ParserError, socket: Socket & { _httpMessage?: { headersSent: boolean } }): Promise<void> {
  // As Node does without a listener: the client would read the refusal as part of an answer that has begun. Only `_httpMessage` shows it.
  if (error.code === 'ECONNRESET' || !socket.writable || socket._httpMessage?.headersSent) return void socket.destroy();
  const refusal = error.code === 'HPE_INVALID_URL' && error.rawPacket ? refusalOf(error.rawPacket.toString()) : null;
  if (refusal !== null) return void socket.end(await written(refusal));
  const [status, advice] = refusals[error.code ?? ''] ?? [
    '400 Bad Request',
    'the request is no valid HTTP/1.1: check the request line and the headers',
  ];
  const body = `${advice}\n`;
  socket.end(`HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\n${ending(body)}`);
}

/** Returns null if the target has no character that must be percent-encoded. */
function refusalOf(head: string): Response | null {
  const target = unreadableTarget(head);
  if (target === null) return null;
  if (!target.startsWith('/graphql?')) return refuseTarget(target, head, newRequestId());
  return refuseRequest(400, { code: 'BAD_USER_INPUT', message: `the URL ${targetProblem}`, details: {} }, newRequestId());
}

/** Refuses a request whose Host header or target makes no valid URL. */
export function refuseWithoutUrl(error: unknown): Response {
  const reason = error instanceof Error ? error.message : 'Invalid URL';
  return refusePlainly(`${reason}: send a Host header and a target that make a valid URL`);
}

/**
 * Returns the problem of an ambiguous request, or null. A proxy may read such a request differently: it may use the other one of two hosts, or check the path
 * before dot segments are resolved.
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

/** Refuses a request with plain text, where no API's own shape applies. */
export function refusePlainly(advice: string, status = 400): Response {
  return new Response(`${advice}\n`, {
    status,
    headers: { 'Cache-Control': 'no-store', 'Content-Type': 'text/plain; charset=utf-8', ...noSniffing },
  });
}

/** Returns a response as the text of HTTP/1.1. */
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
