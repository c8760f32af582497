import { createHmac, timingSafeEqual } from 'node:crypto';

/** Returns the signature of a webhook: `sha256=` and the HMAC of its time and its body in hexadecimal. The key is the UTF-8 bytes of the whole secret. */
export function signatureOf(secret: string, timestamp: string, body: Uint8Array): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`;
}

/** Compares a signature with the right one, in a time that does not depend on how much of it is right. */
export function isSignature(given: string, secret: string, timestamp: string, body: Uint8Array): boolean {
  const right = Buffer.from(signatureOf(secret, timestamp, body));
  const bytes = Buffer.from(given);
  return bytes.length === right.length && timingSafeEqual(bytes, right);
}
