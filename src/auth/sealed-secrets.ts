import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { ParleyError } from '../errors.ts';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** The row that stores a sealed secret. A sealed secret cannot be opened in another row. */
interface SecretPlace {
  organizationId: string;
  /** The id of the row. */
  id: string;
}

/**
 * Encrypts secrets that must be read again, such as those of webhooks, with AES-256-GCM under the keys of WEBHOOK_ENCRYPTION_KEY. The first key seals, all of
 * them open. A sealed secret is `v1.<name of the key>.<nonce, ciphertext and tag in base64url>`.
 */
export class SealedSecrets {
  readonly #keys: readonly { name: string; key: Buffer }[];

  /** @param keys of 32 bytes each; without a key nothing can be sealed or opened */
  constructor(keys: readonly Buffer[]) {
    this.#keys = keys.map((key) => ({ name: nameOf(key), key }));
  }

  /** Encrypts a secret for its row. @throws CONFLICT if no key is set */
  seal(place: SecretPlace, secret: string): string {
    const [first] = this.#keys;
    if (first === undefined) throw noKey();
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, first.key, nonce).setAAD(bytesOf(place));
    const sealed = Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `v1.${first.name}.${sealed.toString('base64url')}`;
  }

  /** Returns the secret; null if no key that is set has sealed it for this row. */
  open(place: SecretPlace, sealed: string): string | null {
    const [version, name, text = ''] = sealed.split('.');
    const bytes = Buffer.from(text, 'base64url');
    if (version !== 'v1' || bytes.length < nonceBytes + tagBytes) return null;
    for (const { key } of this.#keys.filter((each) => each.name === name)) {
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes))
        .setAAD(bytesOf(place))
        .setAuthTag(bytes.subarray(-tagBytes));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString('utf8');
      } catch {
        // The text was changed, or it was sealed for another row.
      }
    }
    return null;
  }
}

/** Returns eight characters that distinguish a key from others and say nothing about it. */
function nameOf(key: Buffer): string {
  return createHmac('sha256', key).update('name of the key').digest('hex').slice(0, 8);
}

function bytesOf({ organizationId, id }: SecretPlace): Buffer {
  return Buffer.from(`${organizationId}/${id}`);
}

function noKey(): ParleyError {
  const remedy = 'set WEBHOOK_ENCRYPTION_KEY to the output of "openssl rand -base64 32" on every gateway, and start it again';
  return new ParleyError('CONFLICT', `this gateway has no key to encrypt secrets with: its operator must ${remedy}`, {
    reason: 'NO_ENCRYPTION_KEY',
  });
}
