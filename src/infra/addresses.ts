import { isIP, isIPv4 } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** The groups of an IPv6 address which make its /64, each of 16 bits. */
const NETWORK_GROUPS = 4;

/** Bits before the IPv4 address in `::ffff:0:0/96`, the mapped range of RFC 4291 §2.5.5.2. */
const MAPPED_PREFIX = 96;

/**
 * The client: the right-most hop that is not a trusted proxy. Each proxy appends whom it spoke to, and whatever stands
 * left of the last trusted one is the client's own invention (RFC 7239 §7.4 and §8.1).
 * @param peer the socket's remote address; without trusted proxies the header is not even read
 * @param forwardedFor the `X-Forwarded-For` header; a malformed hop ends the walk and the last good one counts
 */
export function clientAddress(peer: string, forwardedFor: string | undefined, trusted: TrustedProxies): string {
  if (!forwardedFor || !trusted.includes(peer)) return unmapped(peer);

  let client = unmapped(peer);
  // From the right, a hop at a time, so that an invented list of thousands costs nothing.
  for (let end = forwardedFor.length; end >= 0; ) {
    const comma = end === 0 ? -1 : forwardedFor.lastIndexOf(',', end - 1);
    const hop = parseAddress(withoutPort(forwardedFor.slice(comma + 1, end).trim()));
    if (!hop) break;
    client = hop.toString();
    if (!trusted.matches(hop)) break;
    end = comma;
  }
  return client;
}

/** The proxies whose `X-Forwarded-*` headers are believed. */
export class TrustedProxies {
  private readonly ranges: [Address, number][];

  /**
   * @param list addresses or CIDR ranges
   * @throws when one is malformed, naming it: a proxy misspelt would count all its clients as one
   */
  constructor(list: string[]) {
    this.ranges = list.map(parseRange);
  }

  includes(address: string): boolean {
    if (this.ranges.length === 0) return false;
    const parsed = parseAddress(address);
    return parsed !== undefined && this.matches(parsed);
  }

  /** As `includes`, for an address already parsed. */
  matches(address: Address): boolean {
    return this.ranges.some(([network, bits]) => address.kind() === network.kind() && address.match(network, bits));
  }
}

/**
 * Key for rate limits: IPv4 as is, IPv4-mapped folded to IPv4, IPv6 masked to its /64. A household or a rented server
 * gets at least a /64 (RFC 6177), so a key for each address would give each caller 2^64 of every limit.
 */
export function limitKey(address: string): string {
  if (!address.includes(':')) return address;
  const parsed = parseAddress(address);
  if (!parsed) return address;
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  return new ipaddr.IPv6(parsed.parts.map((group, i) => (i < NETWORK_GROUPS ? group : 0))).toString();
}

/**
 * An address, IPv4 where it is mapped; its zone (`%eth0`) is dropped, for it means nothing elsewhere.
 * Node's check comes first: ipaddr.js alone reads `010.0.0.1` as octal and `1` as `0.0.0.1`, where others differ.
 * @returns undefined when malformed
 */
export function parseAddress(text: string): Address | undefined {
  const zone = text.indexOf('%');
  const bare = zone < 0 ? text : text.slice(0, zone);
  return isIP(bare) === 0 ? undefined : ipaddr.process(bare);
}

function parseRange(text: string): [Address, number] {
  const [address, prefix, ...rest] = text.split('/');
  const network = parseAddress(address);
  if (network && rest.length === 0) {
    const written = isIPv4(address) ? 32 : 128;
    const width = network instanceof ipaddr.IPv4 ? 32 : 128;
    const bits = prefix === undefined ? written : /^\d{1,3}$/.test(prefix) ? Number(prefix) : NaN;
    const folded = written === width ? bits : bits - MAPPED_PREFIX;
    if (bits <= written && folded >= 0) return [network, folded];
  }
  throw new Error(`Trusted proxy "${text}" is neither an address nor a CIDR range such as 10.0.0.0/8.`);
}

/** `1.2.3.4:5678`, `[::1]` and `[::1]:80` without port and brackets. IPv6 without brackets has no room for a port. */
function withoutPort(hop: string): string {
  return /^\[([^\]]*)\](?::\d{1,5})?$/.exec(hop)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(hop)?.[1] ?? hop;
}

/** What a dual-stack socket reports for IPv4, as IPv4; the common case, so without parsing. */
function unmapped(peer: string): string {
  if (!peer.startsWith('::ffff:')) return peer;
  const tail = peer.slice('::ffff:'.length);
  return isIPv4(tail) ? tail : peer;
}

/** Can it be reached by anybody? Not: loopback, private and link-local ranges (a cloud's metadata among them), and whatever tunnels to one. */
export function isPublicAddress(address: string): boolean {
  return parseAddress(address)?.range() === 'unicast';
}
