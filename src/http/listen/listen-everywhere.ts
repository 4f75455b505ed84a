import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ListenerConfiguration } from '../../config/configuration.js';
import type { Handle, Entrance } from './front-door.js';
import { BACKLOG } from './listener-limits.js';
import type { Listeners } from './listeners.js';

/** Where the service listens: such as `http://127.0.0.1:3000`, without a final slash. */
export interface Addresses {
  readonly url: string;
  /** Present when `ZVAULT_PORT` is configured. */
  readonly zvaultUrl: string | undefined;
  /** Present when `ZAUTH_PORT` is configured. */
  readonly zauthUrl: string | undefined;
  /** Present when `OPERATIONS_PORT` is configured. */
  readonly operationsUrl: string | undefined;
}

/** Has every configured port listen. Rejects with what the operating system says of one that cannot. */
export async function listenEverywhere(
  app: NestFastifyApplication,
  configuration: ListenerConfiguration,
  listeners: Listeners,
): Promise<Addresses> {
  const [first = '', ...others] = await listeners.addresses();
  const route: Handle = (request, response) => {
    app.getHttpAdapter().getInstance().routing(request, response);
  };
  const listenTextResolver = withScheme(configuration);
  await app.listen({ port: configuration.port, host: first, backlog: BACKLOG, listenTextResolver });
  const own = app.getHttpServer();
  await listeners.listenBeside(own, () => listeners.create('everything', route), others);
  const listenAs = async (entrance: Entrance, port: number | undefined): Promise<string | undefined> =>
    port === undefined ? undefined : urlOf(await listeners.listenAs(entrance, route, port), configuration);
  return {
    url: urlOf(own, configuration),
    zvaultUrl: await listenAs('zvault', configuration.zvaultPort),
    zauthUrl: await listenAs('zauth', configuration.zauthPort),
    operationsUrl: await listenAs('operations', configuration.operationsPort),
  };
}

/** Fastify's line about its listener, which takes a server that it did not make for plain HTTP. */
function withScheme({ tls }: ListenerConfiguration): (address: string) => string {
  return (address) => `Server listening at ${tls === undefined ? address : address.replace('http:', 'https:')}`;
}

function urlOf(server: Server, { host, tls }: ListenerConfiguration): string {
  const { port } = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return `${tls === undefined ? 'http' : 'https'}://${name}:${port}`;
}
