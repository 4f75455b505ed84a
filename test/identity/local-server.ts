import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on loopback that counts what it is asked. */
export interface LocalServer {
  readonly url: string;
  requests(): number;
  close(): Promise<void>;
}

export async function startServer(answer: RequestListener): Promise<LocalServer> {
  let count = 0;
  const server = createServer((request, response) => {
    count += 1;
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests: () => count,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** Serves a key set that the test may change between requests. */
export function startKeySetServer(keySet: { keys: unknown[] }): Promise<LocalServer> {
  return startServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(keySet));
  });
}
