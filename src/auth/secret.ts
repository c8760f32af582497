import { createHash, randomInt } from 'node:crypto';

/** The contracts that a key may speak on a bare path, and the prefix that says so. Any key works everywhere else. */
export const secretPrefixes = { agentmessage: 'am_live_', agentphone: 'sk_live_', ziik: 'zk_live_' } as const;

export type Contract = keyof typeof secretPrefixes;

/** Of keys made without saying which. */
export const defaultContract: Contract = 'agentmessage';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 184 bits. */
const randomLength = 31;

/** A new secret, to be shown once: only its hash is stored. */
export function newSecret(contract: Contract): string {
  return secretPrefixes[contract] + Array.from({ length: randomLength }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** The contract whose prefix a secret, or its hint, begins with. */
export function contractOf(secret: string): Contract {
  const contracts = Object.keys(secretPrefixes) as Contract[];
  const contract = contracts.find((each) => secret.startsWith(secretPrefixes[each]));
  if (contract === undefined) throw new Error('a secret of no contract');
  return contract;
}

/** SHA-256: a secret this random needs no slow hash. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** What may be shown of a secret later: its prefix and last four characters. */
export function secretHint(secret: string): string {
  const prefix = Object.values(secretPrefixes).find((known) => secret.startsWith(known)) ?? '';
  return `${prefix}…${secret.slice(-4)}`;
}
