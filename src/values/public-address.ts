import ipaddr from 'ipaddr.js';

/** Ranges of IP addresses, which the operator allows although they are not public. */
export type Ranges = readonly [address: ipaddr.IPv4 | ipaddr.IPv6, bits: number][];

/** Reads addresses and CIDR ranges, such as `10.0.0.1` and `10.0.0.0/8`. @throws Error for another text */
export function readRanges(texts: readonly string[]): Ranges {
  return texts.map((text) => {
    if (text.includes('/')) return ipaddr.parseCIDR(text);
    const address = ipaddr.parse(text);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  });
}

export function isInRanges(text: string, ranges: Ranges): boolean {
  const address = ipaddr.parse(text);
  return ranges.some((range) => range[0].kind() === address.kind() && address.match(range));
}

/** All public IPv6 addresses. Addresses outside of it reach this machine, its network, or an IPv4 address written as IPv6. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** Public by its number, but answered by the platform of the machine that asks: Azure's host agent, which hands out certificates and keys. */
const platformAddress = '168.63.129.16';

/**
 * True for an IP address that the whole internet reaches. False for every special range: this machine, private networks, link-local addresses (also those of the
 * metadata servers of clouds), carriers' networks, multicast, documentation, and IPv6 forms of IPv4 addresses (mapped, NAT64, 6to4, Teredo), also of public ones.
 */
export function isPublicAddress(text: string): boolean {
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast' || text === platformAddress) return false;
  return address.kind() === 'ipv4' || address.match(globalUnicast);
}
