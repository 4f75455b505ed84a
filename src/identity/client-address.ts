import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { AddressRanges } from '../config/address-ranges.js';

/** Proxies behind each other that are looked through at most. */
const MOST_PROXIES = 16;

/** An IPv4 address inside of IPv6, as sockets for both tell it. */
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

// Beside the request, as its caller is.
const addresses = new WeakMap<IncomingMessage, string>();

/** The client's address, as it was read when the request came; empty before that. */
export function clientAddressOf(request: IncomingMessage): string {
  return addresses.get(request) ?? '';
}

/**
 * The one reader of client addresses. A client is whoever is at the other end of the connection. Only where that is a
 * trusted proxy, it is whom that one names in `X-Forwarded-For`, and so on: the last one that is no trusted proxy. What
 * stands before it is anybody's word.
 */
export class ClientAddresses {
  /** @param trusted the proxies whose word is taken */
  constructor(private readonly trusted: AddressRanges) {}

  /** Reads and remembers the address of a request; empty when the connection is gone already. */
  read(request: IncomingMessage): string {
    const address = this.#clientOf(request);
    addresses.set(request, address);
    return address;
  }

  #clientOf({ socket, headers }: IncomingMessage): string {
    const peer = socket.remoteAddress ?? '';
    // Of IPv4 there is nothing to take away, and this is done for every request.
    let client = peer.includes(':') ? (plainAddress(peer) ?? '') : peer;
    if (this.trusted.isEmpty || !this.trusted.has(client)) return client;
    // Node puts repeated headers together, in their order.
    const named = String(headers['x-forwarded-for'] ?? '').split(',');
    for (const text of named.slice(-MOST_PROXIES).reverse()) {
      const next = plainAddress(text.trim());
      // A proxy that names nobody is the client.
      if (next === undefined) return client;
      client = next;
      if (!this.trusted.has(client)) return client;
    }
    return client;
  }
}

/** Without a zone, a port, brackets, or IPv6 around IPv4; `undefined` for what is no address. */
export function plainAddress(text: string): string | undefined {
  const withoutPort = text.replace(/^\[([^\]]*)\](:\d+)?$/, '$1').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
  const address = withoutPort.replace(/%.*$/, '').replace(MAPPED, '$1').toLowerCase();
  return isIP(address) === 0 ? undefined : address;
}

/** What one client has to itself: an IPv4 address, of IPv6 the first 64 bits. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [before = '', behind] = address.split('::');
  const groups = before.split(':').filter((group) => group !== '');
  const last = (behind ?? '').split(':').filter((group) => group !== '');
  const zeros = behind === undefined ? 0 : Math.max(0, 8 - groups.length - last.length);
  const all = [...groups, ...Array.from({ length: zeros }, () => '0'), ...last];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
