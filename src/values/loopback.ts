import { isIP } from 'node:net';

/** True for a host that only this machine can reach: a loopback address, or the name `localhost`. */
export function isLoopback(host: string): boolean {
  if (isIP(host) === 0) return host.toLowerCase() === 'localhost';
  return host === '::1' || host.startsWith('127.');
}
