import { createHash, randomInt } from 'node:crypto';

/** The prefix of a key for each contract. It chooses the contract on paths without a mount; elsewhere every key works. */
export const secretPrefixes = { agentmessage: 'am_live_', agentphone: 'sk_live_', ziik: 'zk_live_' } as const;

export type Contract = keyof typeof secretPrefixes;

/** The contract of a key that is made without one. */
export const defaultContract: Contract = 'agentmessage';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 31 characters, each one of 62, have 184 random bits. */
const randomLength = 31;

/** Returns a new secret, to be shown once. Only its hash is stored. */
export function newSecret(contract: Contract): string {
  return secretPrefixes[contract] + Array.from({ length: randomLength }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** Returns the contract of a secret, or of its hint, by the prefix. */
export function contractOf(secret: string): Contract {
  const contracts = Object.keys(secretPrefixes) as Contract[];
  const contract = contracts.find((name) => secret.startsWith(secretPrefixes[name]));
  if (contract === undefined) throw new Error('the secret has the prefix of no contract');
  return contract;
}

/** Returns the SHA-256 of a secret. One with so many random bits needs no slow hash. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Returns the prefix and the last four characters of a secret, which may be shown later. */
export function secretHint(secret: string): string {
  const prefix = Object.values(secretPrefixes).find((text) => secret.startsWith(text)) ?? '';
  return `${prefix}…${secret.slice(-4)}`;
}
