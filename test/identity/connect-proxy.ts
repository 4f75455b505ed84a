import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** A proxy that knows CONNECT alone. */
export interface ConnectProxy {
  readonly port: number;
  /** What it was asked to connect to, and with which `Proxy-Authorization`. */
  readonly asked: readonly { readonly target: string; readonly authorization: string | undefined }[];
  close(): Promise<void>;
}

/** @param routes the local port behind each target; what is not among them is answered 403 */
export async function startConnectProxy(routes: Readonly<Record<string, number>>): Promise<ConnectProxy> {
  const asked: { target: string; authorization: string | undefined }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((_, response) => response.writeHead(405).end());
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('connect', ({ url: target = '', headers }, client: Socket, head: Buffer) => {
    asked.push({ target, authorization: headers['proxy-authorization'] });
    const port = routes[target];
    if (port === undefined) return client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    sockets.add(upstream);
    for (const [one, other] of [
      [upstream, client],
      [client, upstream],
    ] as const)
      one.on('error', () => other.destroy());
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
}
