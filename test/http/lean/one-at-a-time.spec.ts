import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OneAtATime } from '../../../src/http/lean/one-at-a-time.js';
import { CERTIFICATE, KEY } from '../../config/tls-files.js';
import { RawConnection } from '../../support/raw-connection.js';

/** Requests that may wait at a time. */
const MOST = 600;

/** Held until the test lets it go. */
const HELD = '/held';

/** What is read of one connection in a turn of the event loop at most. */
const TURN_BYTES = 32 * 65_536;
const LONG_BYTES = 3 * (TURN_BYTES / MOST);

const one = (path: string): string => `POST ${path} HTTP/1.1\r\nHost: kms\r\nContent-Length: 4\r\n\r\nbody`;
const several = (count: number): string => Array.from({ length: count }, (_, index) => one(`/${index}`)).join('');

function nothing(): never {
  throw new Error('nothing is held');
}

describe.each([{ isTls: false }, { isTls: true }])('requests of one connection (TLS: $isTls)', ({ isTls }) => {
  let server: Server;
  let url: string;
  const opened: RawConnection[] = [];
  let held: { request: IncomingMessage; response: ServerResponse }[];
  let counts: { now: number; most: number };

  beforeEach(async () => {
    held = [];
    counts = { now: 0, most: 0 };
    const inTurn = new OneAtATime(MOST);
    const answer = ({ url: path }: IncomingMessage, response: ServerResponse): void => {
      counts.now -= 1;
      response.end(path);
    };
    const handle = (request: IncomingMessage, response: ServerResponse): void => {
      inTurn.take(request.socket, response, () => {
        counts.most = Math.max(counts.most, (counts.now += 1));
        // Its body is read only now, as by whoever serves it.
        request.resume().once('end', () => {
          if (request.url === HELD) held.push({ request, response });
          else setImmediate(answer, request, response);
        });
      });
    };
    server = isTls ? createTlsServer({ cert: CERTIFICATE, key: KEY }, handle) : createServer(handle);
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    url = `${isTls ? 'https' : 'http'}://localhost:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    for (const connection of opened.splice(0)) connection.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  async function connection(): Promise<RawConnection> {
    const made = await RawConnection.to(url);
    opened.push(made);
    return made;
  }

  async function isHeld(count: number): Promise<void> {
    while (held.length < count) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  async function answersOf(from: RawConnection, count: number): Promise<string[]> {
    const bodies: string[] = [];
    while (bodies.length < count) bodies.push((await from.answer()).body);
    return bodies;
  }

  it('are served one after the other, in their order', async () => {
    const sender = await connection();
    sender.send(several(MOST));
    const bodies = await answersOf(sender, MOST);
    expect(bodies).toEqual(Array.from({ length: MOST }, (_, index) => `/${index}`));
    expect(counts.most).toBe(1);
    sender.send(one('/again'));
    expect((await sender.answer()).body).toBe('/again');
  });

  it('are served whole when they come in pieces', async () => {
    const sender = await connection();
    for (const piece of `${one('/first')}${one('/second')}${one('/third')}`.match(/[^]{1,50}/g) ?? []) {
      sender.send(piece);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await answersOf(sender, 3)).toEqual(['/first', '/second', '/third']);
  });

  it('are not read while others of it wait, and all are served in the end', async () => {
    const body = 'x'.repeat(LONG_BYTES);
    const long = one('/long').replace('4\r\n\r\nbody', `${body.length}\r\n\r\n${body}`);
    const [sender, other] = [await connection(), await connection()];
    sender.send(one(HELD) + long.repeat(MOST));
    await isHeld(1);
    // Each round trip is a turn of the event loop at least, in which the other connection could have been read.
    for (let turn = 0; turn < 100; turn++) {
      other.send(one('/turn'));
      await other.answer();
    }
    expect(held[0]?.request.socket.bytesRead).toBeLessThanOrEqual(TURN_BYTES);
    held[0]?.response.end(HELD);
    expect(await answersOf(sender, MOST + 1)).toEqual([HELD, ...Array.from({ length: MOST }, () => '/long')]);
  });

  it('are closed with it where too many wait, until somebody who waited has gone', async () => {
    const [first, second, third] = [await connection(), await connection(), await connection()];
    first.send(one(HELD) + several(MOST));
    await isHeld(1);
    second.send(one(HELD) + several(1));
    expect(await second.rest()).toBe('');
    const [{ request, response } = nothing()] = held;
    first.close();
    // Whoever is not read is known to have gone when an answer does not arrive.
    const isClosed = new Promise((resolve) => request.socket.once('close', resolve));
    response.end(HELD);
    await isClosed;
    third.send(several(MOST));
    expect(await answersOf(third, MOST)).toHaveLength(MOST);
  });
});
