import type { Logger } from 'pino';
import type { SealedSecrets } from '../../auth/sealed-secrets.ts';
import type { ClaimedDelivery } from '../../modules/webhook/commands/claim-deliveries.ts';
import type { Attempt } from '../../modules/webhook/commands/finish-delivery.ts';
import type { Post, PostResult } from './post.ts';
import { retryDelayMs } from './schedule.ts';
import { signedHeaders } from './sign.ts';

/** Writes a delivery as the request that its receiver gets, with the content that may be shown now. Null if nothing may be sent any more. */
export type Render = (
  delivery: ClaimedDelivery,
  endpoint: { contextLimit: number },
  signal: AbortSignal,
) => Promise<{ event: string; body: Uint8Array } | null>;

export interface AttemptParts {
  post: Post;
  render: Render;
  secrets: SealedSecrets;
  /** Returns a number from 0 to below 1. */
  random: () => number;
}

/** The delay before a delivery is sent that this gateway gave back. */
const givenBackMs = 0;

const none = { httpStatus: null, durationMs: null, responseBytes: null };

/** Sends a delivery once. Never throws. @param signal ends the request, because the gateway stops */
export async function attempt(claimed: ClaimedDelivery, parts: AttemptParts, log: Logger, signal: AbortSignal): Promise<Attempt> {
  try {
    return await send(claimed, parts, signal);
  } catch (error) {
    if (signal.aborted) return givenBack();
    log.error({ err: error, organizationId: claimed.organizationId, deliveryId: claimed.id }, 'a webhook could not be written');
    return failed(claimed, parts, 'internal', none);
  }
}

async function send(claimed: ClaimedDelivery, parts: AttemptParts, signal: AbortSignal): Promise<Attempt> {
  const secrets = openSecrets(claimed, parts.secrets);
  if (secrets === null) return failed(claimed, parts, 'unreadable_secret', none);
  const rendered = await parts.render(claimed, claimed, signal);
  if (rendered === null) return { status: 'WITHDRAWN', retryMs: null, counts: false, error: 'withdrawn', ...none };
  const { event, body } = rendered;
  const headers = signedHeaders({ id: claimed.id, event, body, sentAt: claimed.now, ...secrets });
  const result = await parts.post({ url: claimed.url, headers, body, timeoutMs: claimed.timeoutSeconds * 1_000, signal });
  return outcomeOf(result, claimed, parts);
}

/** Returns the secrets that sign; null if the current one cannot be opened. */
function openSecrets(claimed: ClaimedDelivery, secrets: SealedSecrets): { secret: string; previousSecret: string | null } | null {
  const { organizationId, endpointId, previousSecret, previousSecretUntil, now } = claimed;
  const place = { organizationId, id: endpointId };
  const secret = secrets.open(place, claimed.secret);
  const isPrevious = previousSecret !== null && previousSecretUntil !== null && previousSecretUntil > now;
  return secret === null ? null : { secret, previousSecret: isPrevious ? secrets.open(place, previousSecret) : null };
}

function outcomeOf(result: PostResult, claimed: ClaimedDelivery, parts: AttemptParts): Attempt {
  const { durationMs } = result;
  if ('error' in result) {
    return result.error === 'aborted' ? givenBack() : failed(claimed, parts, result.error, { ...none, durationMs });
  }
  const answer = { httpStatus: result.status, durationMs, responseBytes: result.bytes };
  if (result.status >= 200 && result.status < 300) return { status: 'DELIVERED', retryMs: null, counts: true, error: null, ...answer };
  return failed(claimed, parts, 'status', answer);
}

/** 410: the endpoint asks for no more requests. A test is sent once. */
function failed(
  { kind, attempts }: ClaimedDelivery,
  { random }: AttemptParts,
  error: string,
  answer: Pick<Attempt, 'httpStatus' | 'durationMs' | 'responseBytes'>,
): Attempt {
  const isLast = kind === 'TEST' || answer.httpStatus === 410;
  const retryMs = isLast ? null : retryDelayMs(attempts + 1, random());
  return { status: retryMs === null ? 'FAILED' : 'PENDING', retryMs, counts: true, error, ...answer };
}

function givenBack(): Attempt {
  return { status: 'PENDING', retryMs: givenBackMs, counts: false, error: 'aborted', ...none };
}
