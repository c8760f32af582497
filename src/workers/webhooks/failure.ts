/**
 * The reason for which a webhook got no answer: its host has a private or reserved address, its name was not found, there was no connection, the receiver's
 * certificate or encryption failed, the time was over, the gateway stopped, or the answer was not HTTP.
 */
export type Failure = 'address' | 'dns' | 'connect' | 'tls' | 'timeout' | 'aborted' | 'answer';

export class RefusedAddress extends Error {
  override name = 'RefusedAddress';
  constructor(address: string) {
    super(`webhooks are not sent to ${address}`);
  }
}

/** Node's codes of connections that failed. Of a reset connection Node does not say at which step; receivers that crash reset it. */
const connectCodes = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'ETIMEDOUT',
  'EADDRNOTAVAIL',
  'EPIPE',
  'EACCES',
  'EPERM',
];

/** Codes of OpenSSL's checks of a certificate do not begin with a word of their own. */
const certificateCode = /CERT|^(UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH)/;

export function failureOf(error: unknown): Failure {
  if (error instanceof RefusedAddress) return 'address';
  const code = codeOf(error);
  // All addresses of a name failed: the last one decides.
  if (error instanceof AggregateError && code === '') return failureOf(error.errors.at(-1));
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return 'dns';
  if (connectCodes.includes(code)) return 'connect';
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || certificateCode.test(code)) return 'tls';
  return 'answer';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
