import { EventEmitter, once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on loopback that counts what it is asked. */
export interface LocalServer {
  readonly url: string;
  requests(): number;
  /** Resolves when the answer to the given request, counted from 1, has gone out or its connection has ended. */
  answered(request: number): Promise<void>;
  close(): Promise<void>;
}

export async function startServer(answer: RequestListener): Promise<LocalServer> {
  let count = 0;
  const ended = new EventEmitter();
  let done = 0;
  const server = createServer((request, response) => {
    count += 1;
    response.once('close', () => {
      done += 1;
      ended.emit('one');
    });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests: () => count,
    answered: async (request) => {
      while (done < request) await once(ended, 'one');
    },
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
