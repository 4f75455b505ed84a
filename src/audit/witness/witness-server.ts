import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Witness, WitnessAnswer } from './witness.js';

/** Of a request: a checkpoint has some hundreds, a proof at most 2,835. */
const MOST_BODY_BYTES = 64 * 1024;
const MOST_HEADER_BYTES = 8 * 1024;
const MOST_CONNECTIONS = 256;
const HEADERS_MS = 5_000;
const REQUEST_MS = 10_000;

const PATH = '/add-checkpoint';

/** Serves a witness by HTTP (tlog-witness, "HTTP Interface"); TLS is a proxy's work. */
export class WitnessServer {
  readonly #server: Server;

  /** @param failed hears why a request was answered 500 */
  constructor(
    private readonly witness: Witness,
    private readonly failed: (error: unknown) => void,
  ) {
    this.#server = createServer(
      { maxHeaderSize: MOST_HEADER_BYTES, headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS },
      (request, response) => void this.#serve(request, response),
    );
    this.#server.maxConnections = MOST_CONNECTIONS;
  }

  /** The port that it listens on. Rejects when it cannot. */
  listen(host: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject).listen(port, host, () => {
        resolve((this.#server.address() as AddressInfo).port);
      });
    });
  }

  /** Answers what is under way, and then listens no more. */
  async close(): Promise<void> {
    await new Promise((resolve) => {
      this.#server.close(resolve);
      this.#server.closeIdleConnections();
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const { status, contentType, body } = await this.#answer(request);
      response.writeHead(status, {
        'Content-Type': contentType,
        'Content-Length': Buffer.byteLength(body),
        ...(status === 405 ? { Allow: 'POST' } : {}),
        // What follows on the connection was not read.
        ...(status === 413 ? { Connection: 'close' } : {}),
      });
      response.end(body);
    } catch {
      // Whoever asked has gone.
      response.destroy();
    }
  }

  async #answer(request: IncomingMessage): Promise<WitnessAnswer> {
    if (request.url !== PATH) return said(404, 'there is POST /add-checkpoint alone');
    if (request.method !== 'POST') return said(405, 'must be POST');
    const body = await bodyOf(request);
    if (body === undefined) return said(413, `body must have at most ${MOST_BODY_BYTES} bytes`);
    try {
      return this.witness.answer(body);
    } catch (error) {
      this.failed(error);
      return said(500, 'nothing was cosigned');
    }
  }
}

function said(status: number, why: string): WitnessAnswer {
  return { status, contentType: 'text/plain; charset=utf-8', body: `${why}\n` };
}

/** `undefined` when it is too large; then the rest is not read. */
function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request
      .on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size <= MOST_BODY_BYTES) return;
        request.pause().removeAllListeners('data');
        resolve(undefined);
      })
      .once('end', () => {
        resolve(Buffer.concat(chunks));
      })
      .once('error', reject)
      .once('close', () => {
        reject(new Error('the request has ended early'));
      });
  });
}
