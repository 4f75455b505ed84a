import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { listenOnAll } from '../../support/listeners.js';
import type { Listening } from '../../support/listeners.js';
import { RawConnection } from '../../support/raw-connection.js';

const METRICS = 'GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n';
const TIMEOUTS = { headMs: 400, requestMs: 600, checkEveryMs: 50 };

let listening: Listening | undefined;
const opened: { close(): void }[] = [];
afterEach(async () => {
  for (const connection of opened.splice(0)) connection.close();
  await listening?.stop();
});

async function open(url: string): Promise<RawConnection> {
  const connection = await RawConnection.to(url);
  opened.push(connection);
  return connection;
}

/** A connection without TLS, whatever the port speaks. */
function openBare(url: string): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  opened.push({ close: () => socket.destroy() });
  return socket.on('error', () => undefined);
}

const ended = (socket: Socket): Promise<void> => new Promise((resolve) => socket.resume().once('close', resolve));

async function metric(connection: RawConnection, name: string): Promise<number> {
  connection.send(METRICS);
  const { body } = await connection.answer();
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(body)?.[1]);
}

describe.each([{ isTls: false }, { isTls: true }])('connections beyond MAX_CONNECTIONS (TLS: $isTls)', ({ isTls }) => {
  it('are closed at once, on whichever port, and counted; with one that ends there is room again', async () => {
    listening = await listenOnAll({ isTls }, { MAX_CONNECTIONS: '6' });
    const [first, , second, third] = listening.places.map(({ url }) => url);
    if (first === undefined || second === undefined || third === undefined) throw new Error('three ports');
    const asking = await open(first);
    const others = [await open(first), await open(second), await open(second), await open(third), await open(third)];
    expect(await metric(asking, 'kms_connections_open')).toBe(6);
    for (const url of [first, second, third]) await ended(openBare(url));
    expect(await metric(asking, 'kms_connections_dropped_total')).toBe(3);
    others[0]?.close();
    while ((await metric(asking, 'kms_connections_open')) > 5);
    const again = await open(third);
    again.send('GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n');
    expect((await again.answer()).status).toBe(200);
    expect(await metric(asking, 'kms_connections_open')).toBe(6);
  });
});

describe('a connection to a TLS port', () => {
  it.each([
    ['says nothing', ''],
    ['begins a handshake', '\u0016\u0003\u0001\u0002'],
  ])('that %s is closed when a head would have been due', async (_, bytes) => {
    listening = await listenOnAll({ isTls: true }, { MAX_CONNECTIONS: '8' }, { timeouts: TIMEOUTS });
    for (const { url } of listening.places) {
      const socket = openBare(url);
      socket.write(bytes, 'latin1');
      const openedAt = performance.now();
      await ended(socket);
      expect(performance.now() - openedAt).toBeLessThan(5000);
    }
    const asking = await open(listening.places[0]?.url ?? '');
    expect(await metric(asking, 'kms_connections_open')).toBe(1);
  });
});

describe('a body that trickles', () => {
  it.each([{ isTls: false }, { isTls: true }])(
    'ends when it is due, however often a byte comes (TLS: $isTls)',
    async ({ isTls }) => {
      listening = await listenOnAll({ isTls }, {}, { timeouts: TIMEOUTS });
      for (const { url, prefix } of listening.places) {
        const connection = await open(url);
        connection.send(`POST ${prefix}/revoke/${'a'.repeat(64)} HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n`);
        const trickle = setInterval(() => {
          connection.send('x');
        }, 20);
        const beganAt = performance.now();
        expect((await connection.answer()).status).toBe(408);
        clearInterval(trickle);
        expect(performance.now() - beganAt).toBeLessThan(5000);
        await connection.rest();
      }
    },
  );
});
