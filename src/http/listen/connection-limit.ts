import type { Server } from 'node:http';
import { FairShares } from '../../fairness/fair-shares.js';
import { networkOf, plainAddress } from '../../identity/client-address.js';

/**
 * How many connections may be open at a time, over all listeners together: what one of them may still take is what the
 * others leave. More are closed as they come, by Node itself, which makes no socket of them.
 *
 * One address (of IPv6: one /64) has half of them at most, so that nobody can keep everybody else out. But for proxies and
 * this machine itself: behind such an address may be everybody.
 */
export class ConnectionLimit {
  /** Open connections of each. */
  readonly #servers = new Map<Server, number>();
  readonly #shares: FairShares;
  #open = 0;
  #dropped = 0;
  #accepted = 0;

  /** @param isOfMany whether behind an address may be everybody */
  constructor(
    private readonly most: number,
    private readonly isOfMany: (address: string) => boolean,
  ) {
    this.#shares = new FairShares(() => most);
  }

  get open(): number {
    return this.#open;
  }

  /** How many have come so far, those among them that were closed at once. */
  get accepted(): number {
    return this.#accepted;
  }

  /** How many were closed for want of room so far. */
  get dropped(): number {
    return this.#dropped;
  }

  /** To be called for each server before it listens. TLS counts from before the handshake. */
  watch(server: Server): void {
    this.#servers.set(server, 0);
    server.on('connection', (socket) => {
      this.#accepted += 1;
      const holder = this.#holderOf(socket.remoteAddress ?? '');
      const isLetIn = holder === undefined || this.#shares.take(holder);
      this.#count(server, 1);
      socket.once('close', () => {
        this.#count(server, -1);
        if (holder !== undefined && isLetIn) this.#shares.leave(holder);
      });
      if (isLetIn) return;
      this.#dropped += 1;
      socket.destroy();
    });
    server.on('drop', () => {
      this.#dropped += 1;
    });
    this.#share();
  }

  /** Whose share a connection takes of; `undefined` where it is nobody's in particular. */
  #holderOf(remote: string): string | undefined {
    const address = plainAddress(remote);
    if (address === undefined || this.isOfMany(address)) return undefined;
    return networkOf(address);
  }

  #count(server: Server, change: 1 | -1): void {
    this.#servers.set(server, (this.#servers.get(server) ?? 0) + change);
    this.#open += change;
    this.#share();
  }

  #share(): void {
    for (const [server, own] of this.#servers) {
      // Node 20 takes 0 for no limit; less than nothing lets nobody in on any Node.
      server.maxConnections = this.most - (this.#open - own) || -1;
    }
  }
}
