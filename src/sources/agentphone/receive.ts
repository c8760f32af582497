import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { Database } from '../../database/database.ts';
import { ParleyError, retryAfterSeconds, UnavailableError } from '../../errors.ts';
import { type Bodies, BodyTooLarge } from '../../http/body.ts';
import { answerHeaders } from '../../http/request-id.ts';
import type { RequestRecord } from '../../log/request-record.ts';
import { findReceiver, type Receiver } from '../../modules/webhook-receiver/store/rows.ts';
import { isUuid } from '../../values/ids.ts';
import { textProblem } from '../../values/storable-text.ts';
import { isSignature } from '../../values/webhook-signature.ts';
import { recordWebhook, UnusableEvent } from './record-webhook.ts';
import { readEvent } from './webhook-event.ts';

/** The most seconds between the time of a webhook and the gateway's clock: an older one may be a copy. */
const toleranceSeconds = 300;

interface Parts {
  database: Database;
  bodies: Bodies;
  log: Logger;
  /** Returns the sender's secret; null if it is not stored, or cannot be decrypted. */
  secretOf(receiver: Receiver): string | null;
}

interface Answer {
  status: number;
  body: object;
  headers?: Record<string, string>;
}

/** Signs for receivers that do not exist, so that their answer takes as long as the answer to a wrong signature. */
const noSecret = randomBytes(32).toString('hex');

/** The same for a receiver that does not exist, a wrong signature and an old one. */
const refused: Answer = { status: 401, body: { detail: 'the signature is not valid' } };

/** Returns the handler of `POST /agentphone/webhook/{id}`: it accepts the webhooks that AgentPhone sends, and answers after they are stored. */
export function webhookReceiver(parts: Parts): (request: Request, id: string, record: RequestRecord) => Promise<Response> {
  return async (request, id, record) => {
    Object.assign(record, { surface: 'agentphone', route: '/webhook/{id}' });
    const { status, body, headers } = await receive(parts, request, id).catch((error: unknown) =>
      failed(parts.log, record.requestId, error),
    );
    if (status >= 400) record.failed(String(status));
    const json = { 'Content-Type': 'application/json', ...answerHeaders(record.requestId), ...headers };
    return new Response(JSON.stringify(body), { status, headers: json });
  };
}

async function receive({ database, bodies, log, secretOf }: Parts, request: Request, id: string): Promise<Answer> {
  if (request.method !== 'POST') return { status: 405, body: { detail: 'Method not allowed' }, headers: { Allow: 'POST' } };
  const header = (name: string) => request.headers.get(`x-webhook-${name}`) ?? '';
  const timestamp = header('timestamp');
  const receiver = isUuid(id) ? await findReceiver(database, id) : null;
  // Before a signature is checked anybody may send bodies: those to an unknown receiver must not use up the limit of the others.
  const body = await bodies.read(request, receiver?.organizationId ?? null);
  const secret = receiver && secretOf(receiver);
  if (receiver !== null && receiver.secret !== null && secret === null)
    log.error({ receiverId: id }, 'the secret of a webhook receiver cannot be decrypted: WEBHOOK_ENCRYPTION_KEY has changed');
  const isSigned = isSignature(header('signature'), secret ?? noSecret, timestamp, body);
  if (receiver === null || secret === null || !isSigned || !isCurrent(timestamp)) return refused;

  const webhookId = header('id');
  if (webhookId === '' || webhookId.length > 200 || textProblem(webhookId) !== null) return unusable('X-Webhook-ID is missing or too long');
  const event = readEvent(parse(body));
  if (event.event === 'unreadable') return unusable(event.problem);
  if (event.event === 'ignored') return { status: 200, body: { status: 'ignored' } };
  const isFirst = await recordWebhook(database, receiver, webhookId, event);
  return { status: 200, body: { status: isFirst ? 'recorded' : 'duplicate' } };
}

function isCurrent(timestamp: string): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(Date.now() / 1_000 - Number(timestamp)) <= toleranceSeconds;
}

/** Undefined for a body that is no JSON. */
function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

function unusable(problem: string): Answer {
  return { status: 422, body: { detail: problem } };
}

function failed(log: Logger, requestId: string, error: unknown): Answer {
  // The sender repeats a refused webhook: after a while the message of a reaction may be stored.
  if (error instanceof UnusableEvent) return error.isMissing ? { status: 404, body: { detail: error.message } } : unusable(error.message);
  if (error instanceof ParleyError && error.code === 'BAD_USER_INPUT') return unusable(error.message);
  if (error instanceof BodyTooLarge) return { status: 413, body: { detail: error.message } };
  const isUnavailable = error instanceof UnavailableError;
  if (!isUnavailable) log.error({ requestId, err: error }, 'a webhook could not be received');
  const headers = { 'Retry-After': String(retryAfterSeconds) };
  return isUnavailable
    ? { status: 503, body: { detail: 'Temporarily unavailable' }, headers }
    : { status: 500, body: { detail: 'Internal error' } };
}
