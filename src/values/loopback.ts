import { isIP } from 'node:net';

/** Whether only this machine reaches a server that listens on this host. Of names, `localhost` alone is taken for loopback. */
export function isLoopback(host: string): boolean {
  if (isIP(host) === 0) return host.toLowerCase() === 'localhost';
  return host === '::1' || host.startsWith('127.');
}
