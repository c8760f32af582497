import { BlockList, isIP, isIPv6 } from 'node:net';
import type { Config } from '../config.ts';
import { type Forwarded, plainAddress, readForwarded } from './forwarded.ts';

/** The connection of a request: the client's address, and the gateway's own. */
export interface Peer {
  address: string;
  localAddress: string;
  localPort: number;
}

/** The client of a request, read from the connection and from the headers of trusted proxies. */
export interface Client {
  /** Null if the request came over no connection. */
  address: string | null;
  /** The hosts that a trusted proxy says the client requested, usually one; an empty text for a host that cannot be read. */
  forwardedHosts: readonly string[];
  /** The address that links begin with. It is safe in a page and on a command line. */
  origin: string;
}

export type Header = (name: string) => string | null;
export type ClientSettings = Pick<Config, 'host' | 'port' | 'publicUrl' | 'trustedProxies'>;

/** Returns a function that reads the client of a request. Without trusted proxies it ignores the request's headers. */
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

/** Returns the URL of a server that listens on this host and port, for a browser on this machine. */
export function addressOf(host: string, port: number): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${isIPv6(reachable) ? `[${reachable}]` : reachable}:${port}`;
}

/** Returns the first address, from the last proxy backwards, that is not a trusted proxy's. `hops`: the number of trusted proxies, at least 1. */
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

/** Returns the value that the first trusted proxy wrote; if fewer proxies write it, the first value. */
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
