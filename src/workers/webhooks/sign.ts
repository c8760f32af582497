import { signatureOf } from '../../values/webhook-signature.ts';

interface Signed {
  /** The same for each attempt, so that the receiver recognizes a repeated delivery. */
  id: string;
  event: string;
  body: Uint8Array;
  sentAt: Date;
  secret: string;
  /** The secret before the last rotation, while both count; else null. */
  previousSecret: string | null;
}

/**
 * Returns the headers of a webhook. `X-Webhook-Signature` is made with the current secret. While an older secret counts too, `X-Webhook-Signature-Previous` is made with
 * it: a receiver that accepts either header works with whichever secret it has.
 */
export function signedHeaders({ id, event, body, sentAt, secret, previousSecret }: Signed): Record<string, string> {
  const timestamp = String(Math.floor(sentAt.getTime() / 1_000));
  return {
    'Content-Type': 'application/json',
    'X-Webhook-ID': id,
    'X-Webhook-Event': event,
    'X-Webhook-Timestamp': timestamp,
    'X-Webhook-Signature': signatureOf(secret, timestamp, body),
    ...(previousSecret !== null && { 'X-Webhook-Signature-Previous': signatureOf(previousSecret, timestamp, body) }),
  };
}
