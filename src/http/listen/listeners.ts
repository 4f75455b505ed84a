import { lookup } from 'node:dns/promises';
import type { Server } from 'node:http';
import { Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createSecureContext } from 'node:tls';
import type { ListenerConfiguration } from '../../config/configuration.js';
import { isLoopback } from '../../config/loopback.js';
import type { TlsMaterial } from '../../config/tls-material.js';
import { ConnectionLimit } from './connection-limit.js';
import { createListener, tlsServerOptions } from './create-listener.js';
import { FrontDoor } from './front-door.js';
import type { Edge, Entrance, Handle } from './front-door.js';
import { BACKLOG, LISTENER_TIMEOUTS } from './listener-limits.js';
import type { ListenerTimeouts } from './listener-limits.js';

/** Every server that this process listens with, and what they have in common. */
export class Listeners {
  readonly #servers: Server[] = [];
  readonly #doors: FrontDoor[] = [];
  readonly connections: ConnectionLimit;
  readonly timeouts: ListenerTimeouts;
  #edge: Edge | undefined;

  constructor(
    private readonly configuration: ListenerConfiguration,
    mostConnections: number,
    timeouts: Partial<ListenerTimeouts> = {},
  ) {
    this.timeouts = { ...LISTENER_TIMEOUTS, ...timeouts };
    const { trustedProxies } = configuration;
    this.connections = new ConnectionLimit(
      mostConnections,
      (address) => isLoopback(address) || trustedProxies.has(address),
    );
  }

  get all(): readonly Server[] {
    return this.#servers;
  }

  /** A server that does not listen yet. */
  create(entrance: Entrance, route: Handle): Server {
    const door = new FrontDoor(entrance, this.configuration.publicUrl?.prefix ?? '', route);
    if (this.#edge !== undefined) door.open(this.#edge);
    const server = createListener(this.configuration, this.timeouts, door);
    this.connections.watch(server);
    this.#doors.push(door);
    this.#servers.push(server);
    return server;
  }

  /** To be called once, before anything listens. */
  prepare(edge: Edge): void {
    this.#edge = edge;
    for (const door of this.#doors) door.open(edge);
  }

  /** Connections that begin from now on get this certificate. Throws, with nothing changed, what OpenSSL says of it. */
  renewTls(material: TlsMaterial): void {
    const options = tlsServerOptions(material);
    createSecureContext(options);
    for (const server of this.#servers) if (server instanceof TlsServer) server.setSecureContext(options);
  }

  /** A further port: one service at its root, as gosdk expects (wire.md section 1), or what operators look at. */
  async listenAs(entrance: Entrance, route: Handle, port: number): Promise<Server> {
    const [first = '', ...others] = await this.addresses();
    const server = this.create(entrance, route);
    await listen(server, port, first);
    await this.listenBeside(server, () => this.create(entrance, route), others);
    return server;
  }

  /** The same port on the other addresses, as far as this machine has them. */
  async listenBeside(first: Server, create: () => Server, addresses: readonly string[]): Promise<void> {
    const { port } = first.address() as AddressInfo;
    for (const address of addresses) await listen(create(), port, address).catch(() => undefined);
  }

  /** Where to listen: `localhost` is often two addresses, and clients take either. Other names are left to Node. */
  async addresses(): Promise<readonly string[]> {
    const { host } = this.configuration;
    if (host !== 'localhost') return [host];
    const found = await lookup(host, { all: true });
    return [...new Set(found.map(({ address }) => address))];
  }

  /** Has nobody wait for a place any more, but be refused. */
  refuseWaiting(): void {
    this.#edge?.bulkheads.end();
  }

  /** Takes no new connection on any port but Fastify's own, which Nest closes; resolves when the others have ended. */
  async closeBeside(own: Server): Promise<void> {
    await Promise.all(this.#servers.filter((server) => server !== own).map(closed));
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: BACKLOG }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
