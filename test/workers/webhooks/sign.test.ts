import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSignature } from '../../../src/values/webhook-signature.ts';
import { signedHeaders } from '../../../src/workers/webhooks/sign.ts';

/** Verifies as the vendor's adapter for chats does: with Web Crypto, over the decoded body. */
async function verify(headers: Headers, body: string, secret: string, signature = headers.get('X-Webhook-Signature')): Promise<boolean> {
  const encode = (text: string) => new TextEncoder().encode(text);
  const key = await crypto.subtle.importKey('raw', encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const mac = await crypto.subtle.sign('HMAC', key, encode(`${headers.get('X-Webhook-Timestamp')}.${body}`));
  return signature === `sha256=${Array.from(new Uint8Array(mac), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

// As the gateway makes them, and any other text: an operator can import the secret of another system.
const secret = fc.oneof(
  fc.base64String({ minLength: 32, maxLength: 48 }).map((text) => `whsec_${text}`),
  fc.string({ unit: 'grapheme', minLength: 1 }),
);
const body = fc.json({ stringUnit: 'grapheme' });
const sentAt = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });

test('another program verifies the signature, and rejects another body, time or secret', async () => {
  await fc.assert(
    fc.asyncProperty(secret, secret, body, sentAt, async (secret, other, body, sentAt) => {
      const bytes = Buffer.from(body);
      const headers = new Headers(signedHeaders({ id: 'a', event: 'b', body: bytes, sentAt, secret, previousSecret: null }));
      expect(await verify(headers, body, secret)).toBe(true);
      expect(await verify(headers, `${body} `, secret)).toBe(false);
      if (other !== secret) expect(await verify(headers, body, other)).toBe(false);
      const signature = headers.get('X-Webhook-Signature') ?? '';
      const timestamp = headers.get('X-Webhook-Timestamp') ?? '';
      expect(isSignature(signature, secret, timestamp, bytes)).toBe(true);
      expect(isSignature(signature, secret, `${timestamp}0`, bytes)).toBe(false);
      expect(isSignature(signature.toUpperCase(), secret, timestamp, bytes)).toBe(false);
      expect(isSignature(signature.slice(0, -1), secret, timestamp, bytes)).toBe(false);
      expect(isSignature('é'.repeat(71), secret, timestamp, bytes)).toBe(false);
      headers.set('X-Webhook-Timestamp', String(Number(timestamp) + 1));
      expect(await verify(headers, body, secret)).toBe(false);
    }),
  );
});

test('while two secrets count, each verifies its own header', async () => {
  const body = '{"event":"agent.message"}';
  const given = {
    id: 'dlv_1',
    event: 'agent.message',
    body: Buffer.from(body),
    sentAt: new Date(1_750_000_000_999),
    secret: 'new',
    previousSecret: 'old',
  };
  const headers = new Headers(signedHeaders(given));
  expect(Object.fromEntries(headers)).toEqual({
    'content-type': 'application/json',
    'x-webhook-id': 'dlv_1',
    'x-webhook-event': 'agent.message',
    'x-webhook-timestamp': '1750000000',
    // printf %s '1750000000.{"event":"agent.message"}' | openssl dgst -sha256 -hmac new
    'x-webhook-signature': 'sha256=4e98fa8d6d70dc28352dd626559e4eeea78d509fd3c06f209fef1365dc209964',
    'x-webhook-signature-previous': 'sha256=199f8d287b4363114646cea99f09de4dfc8efeeb9ec66659463c2a2f8770d620',
  });
  expect(await verify(headers, body, 'new')).toBe(true);
  expect(await verify(headers, body, 'old', headers.get('X-Webhook-Signature-Previous'))).toBe(true);
});
