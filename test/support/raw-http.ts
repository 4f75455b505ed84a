import { request as httpRequest } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { RequestOptions as TlsRequestOptions } from 'node:https';
import { connect } from 'node:net';

/** An answer to a request that `fetch` would not send as it is. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/**
 * Sends exactly this path, method and headers, which `fetch` would tidy up first.
 *
 * @param body sent in chunks, with no Content-Length, when it is a list
 */
export function rawRequest(
  url: string,
  options: RequestOptions | TlsRequestOptions,
  body: string | readonly string[] = '',
): Promise<RawAnswer> {
  const { hostname, port, protocol } = new URL(url);
  const send = protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send({ hostname, port, agent: false, ...options }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
      response.on('error', reject);
    });
    request.on('error', reject);
    if (typeof body !== 'string') for (const chunk of body) request.write(chunk);
    request.end(typeof body === 'string' ? body : '');
  });
}

/** Sends these bytes and returns whatever comes back until the server closes the connection. */
export function rawBytes(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('close', () => {
      resolve(Buffer.concat(chunks).toString('utf8'));
    });
    socket.on('error', reject);
  });
}
