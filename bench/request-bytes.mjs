/** @typedef {{ readonly path: string, readonly peer: string, readonly body: string }} Sendable */

/**
 * A signing request as it goes over the wire.
 *
 * @param {Sendable} request
 * @param {readonly string[]} headers
 */
export function bytesOf({ path, peer, body }, headers = []) {
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    ...headers,
    `X-Peer-Public-Key: ${peer}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}
