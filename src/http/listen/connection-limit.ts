import type { Server } from 'node:http';

/**
 * How many connections may be open at a time, over all listeners together: what one of them may still take is what the
 * others leave. More are closed as they come, by Node itself, which makes no socket of them.
 */
export class ConnectionLimit {
  /** Open connections of each. */
  readonly #servers = new Map<Server, number>();
  #open = 0;
  #dropped = 0;

  constructor(private readonly most: number) {}

  get open(): number {
    return this.#open;
  }

  /** How many were closed for want of room so far. */
  get dropped(): number {
    return this.#dropped;
  }

  /** To be called for each server before it listens. TLS counts from before the handshake. */
  watch(server: Server): void {
    this.#servers.set(server, 0);
    server.on('connection', (socket) => {
      this.#count(server, 1);
      socket.once('close', () => {
        this.#count(server, -1);
      });
    });
    server.on('drop', () => {
      this.#dropped += 1;
    });
    this.#share();
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
