import { createServer as createPlainServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { KmsConfiguration } from '../config/configuration.js';
import { tlsServerOptions } from './fastify-adapter.js';
import type { LoadShedding } from './load-shedding.js';

/**
 * A further listener on which one service stands at the root, as gosdk expects of `ZVAULT_PORT` and `ZAUTH_PORT`
 * (wire.md section 1). It is the same application: the service's prefix is put before the path.
 */
export async function listenAsService(
  app: NestFastifyApplication,
  configuration: KmsConfiguration,
  prefix: '/zvault' | '/zauth',
  port: number,
  loadShedding: LoadShedding,
): Promise<Server> {
  const fastify = app.getHttpAdapter().getInstance();
  const route = loadShedding.before((request, response) => {
    fastify.routing(request, response);
  });
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const { url = '/' } = request;
    // A target such as `*` or `http://…` is no path, but its error too must be in the SDK dialect.
    request.url = url.startsWith('/') ? `${prefix}${url}` : `${prefix}/${url}`;
    route(request, response);
  };
  const { tls } = configuration;
  const server: Server = tls === undefined ? createPlainServer(handle) : createTlsServer(tlsServerOptions(tls), handle);
  server.requestTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, configuration.host, resolve);
  });
  return server;
}
