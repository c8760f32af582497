import { BlockList, isIP, isIPv6 } from 'node:net';
import type { Config } from '../config.ts';
import { type Forwarded, plainAddress, readForwarded } from './forwarded.ts';

/** The connection that a request came in by: the address of its other end, and ours. */
export interface Peer {
  address: string;
  localAddress: string;
  localPort: number;
}

/** The client of a request, as far as proxies that the operator trusts say more than the connection does. */
export interface Client {
  /** Null where the request came in by no connection. */
  address: string | null;
  /** The hosts that a trusted proxy may have been asked for, one as a rule; an empty text: one that cannot be read. */
  forwardedHosts: readonly string[];
  /** The address that links of the answer begin with: it has no character that a page or a command line would read as more than text. */
  origin: string;
}

export type Header = (name: string) => string | null;
export type ClientSettings = Pick<Config, 'host' | 'port' | 'publicUrl' | 'trustedProxies'>;

/** Returns what gives the client of a request. Without trusted proxies no header of the request changes it. */
export function clients({ host, port, publicUrl, trustedProxies }: ClientSettings): (header: Header, peer: Peer | null) => Client {
  const trusted = rangesOf(trustedProxies);
  const isTrusted = (address: string) => trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');

  return (header, peer) => {
    const address = peer && plainAddress(peer.address);
    const listened = () => originOf(host, peer);
    if (address === null || trustedProxies.length === 0 || !isTrusted(address))
      return { address, forwardedHosts: [], origin: publicUrl ?? listened() };
    const forwarded = readForwarded(header);
    const { client, hops } = walk(forwarded, address, isTrusted);
    const forwardedHost = at(forwarded.hosts, hops);
    const base = new URL(listened());
    const origin = `${at(forwarded.schemes, hops) ?? base.protocol.slice(0, -1)}://${forwardedHost ?? base.host}`;
    const forwardedHosts = forwardedHost === null ? forwarded.hostsInDoubt.map((host) => host ?? '') : [forwardedHost];
    return { address: client, forwardedHosts, origin: publicUrl ?? new URL(origin).origin };
  };

  function originOf(host: string, peer: Peer | null): string {
    const isWildcard = host === '0.0.0.0' || host === '::';
    const local = isWildcard && peer !== null ? plainAddress(peer.localAddress) : host;
    return addressOf(local, peer?.localPort ?? port);
  }
}

/** The URL of a server that listens on this host and port, for a browser on this machine. */
export function addressOf(host: string, port: number): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${isIPv6(reachable) ? `[${reachable}]` : reachable}:${port}`;
}

/** From the last proxy back to the first address that is not a trusted proxy's. `hops`: the trusted proxies passed, at least 1. */
function walk({ addresses }: Forwarded, peer: string, isTrusted: (address: string) => boolean) {
  let client = peer;
  let hops = 1;
  for (const address of addresses.toReversed()) {
    if (address === null) break;
    client = address;
    if (!isTrusted(address)) break;
    hops += 1;
  }
  return { client, hops };
}

/** The value that the first trusted proxy wrote; where fewer proxies write it, the first value. */
function at(values: readonly (string | null)[], hops: number): string | null {
  return values.at(-Math.min(hops, values.length)) ?? null;
}

function rangesOf(texts: readonly string[]): BlockList {
  const ranges = new BlockList();
  for (const text of texts) {
    const [address = '', bits] = text.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) ranges.addAddress(address, family);
    else ranges.addSubnet(address, Number(bits), family);
  }
  return ranges;
}
