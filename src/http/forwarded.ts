// The headers in which proxies describe the original request: `X-Forwarded-For`, `-Proto`, `-Host`, and `Forwarded` (RFC 7239).
import { isIP } from 'node:net';

/** The values that proxies wrote, the last proxy's at the end. Null: the value cannot be read. */
export interface Forwarded {
  addresses: (string | null)[];
  schemes: (string | null)[];
  hosts: (string | null)[];
  /** All hosts of both forms, if the two disagree: one of them may be written by the client. */
  hostsInDoubt: (string | null)[];
}

type Header = (name: string) => string | null;

/** Reads both forms of headers. If they disagree, neither counts, because a proxy may write one and pass on the client's other one unchanged. */
export function readForwarded(header: Header): Forwarded {
  const separate = {
    addresses: listOf(header('x-forwarded-for')).map(addressIn),
    schemes: listOf(header('x-forwarded-proto')).map(schemeIn),
    hosts: listOf(header('x-forwarded-host')).map(hostIn),
  };
  const elements = elementsOf(header('forwarded'));
  const together = {
    addresses: valuesOf(elements, 'for').map(addressIn),
    schemes: valuesOf(elements, 'proto').map(schemeIn),
    hosts: valuesOf(elements, 'host').map(hostIn),
  };
  const hosts = agreed(separate.hosts, together.hosts);
  return {
    addresses: agreed(separate.addresses, together.addresses),
    schemes: agreed(separate.schemes, together.schemes),
    hosts,
    hostsInDoubt: hosts.length === 0 ? [...separate.hosts, ...together.hosts] : [],
  };
}

function agreed(one: (string | null)[], other: (string | null)[]): (string | null)[] {
  if (one.length === 0) return other;
  return other.length === 0 || one.join() === other.join() ? one : [];
}

function listOf(text: string | null): string[] {
  return text === null ? [] : text.split(',').map((each) => each.trim());
}

/** Returns the pairs of each element. A quoted value may contain commas and semicolons. */
function elementsOf(text: string | null): Map<string, string>[] {
  const elements = [new Map<string, string>()];
  for (const [, name, quoted, plain, separator] of (text ?? '').matchAll(/\s*([\w-]+)=(?:"([^"]*)"|([^\s,;"]*))\s*([,;]|$)/g)) {
    if (name !== undefined) elements.at(-1)?.set(name.toLowerCase(), quoted ?? plain ?? '');
    if (separator === ',') elements.push(new Map());
  }
  return elements;
}

function valuesOf(elements: readonly Map<string, string>[], name: string): string[] {
  return elements.flatMap((element) => element.get(name) ?? []);
}

/** Returns the address of a text such as `192.0.2.1`, `192.0.2.1:80` or `[2001:db8::1]:80`; null for a name. */
function addressIn(text: string): string | null {
  const address = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? text;
  return isIP(address) === 0 ? null : plainAddress(address);
}

function schemeIn(text: string): string | null {
  const scheme = text.toLowerCase();
  return scheme === 'http' || scheme === 'https' ? scheme : null;
}

/** Returns null for a host with characters that are unsafe in a page or on a command line. */
function hostIn(text: string): string | null {
  return /^(?:[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.test(text) && URL.canParse(`http://${text}/`)
    ? text
    : null;
}

/** Returns an IPv4 address that a socket of IPv6 reports (`::ffff:192.0.2.1`) as IPv4. */
export function plainAddress(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}
