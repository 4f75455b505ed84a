import { createServer as createPlainServer } from 'node:http';
import type { Server, ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { ListenerConfiguration } from '../../config/configuration.js';
import type { TlsMaterial } from '../../config/tls-material.js';
import type { FrontDoor } from './front-door.js';
import { HEAD_LIMIT_BYTES } from './listener-limits.js';
import type { ListenerTimeouts } from './listener-limits.js';

/**
 * The one way in which the service makes an HTTP server, plain or TLS, for `PORT` and for the others: what clients meet
 * must not depend on the port (docs/adr/0023).
 */
export function createListener(
  { httpKeepAliveSeconds, tls }: Pick<ListenerConfiguration, 'httpKeepAliveSeconds' | 'tls'>,
  { headMs, requestMs, checkEveryMs }: ListenerTimeouts,
  door: FrontDoor,
): Server {
  const options: ServerOptions = {
    keepAliveTimeout: httpKeepAliveSeconds * 1000,
    headersTimeout: headMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: checkEveryMs,
    maxHeaderSize: HEAD_LIMIT_BYTES,
    // Node's own answer has no body and no request id.
    requireHostHeader: false,
  };
  const server: Server =
    tls === undefined
      ? createPlainServer(options)
      : createTlsServer({ ...options, handshakeTimeout: headMs, ...tlsServerOptions(tls) });
  server.on('request', door.handle);
  server.on('checkExpectation', door.unknownExpectation);
  server.on('connect', door.tunnel);
  server.on('clientError', door.clientError);
  return server;
}

/** TLS 1.2 or later, for every listener. */
export function tlsServerOptions(tls: TlsMaterial): {
  readonly cert: string;
  readonly key: Buffer;
  readonly minVersion: 'TLSv1.2';
} {
  return { cert: tls.certificatePem, key: Buffer.from(tls.privateKeyPem.expose()), minVersion: 'TLSv1.2' };
}
