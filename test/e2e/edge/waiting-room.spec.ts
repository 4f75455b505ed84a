import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { KeptConnection, refusedOf, signingCallTo } from '../../support/kept-connection.js';
import type { SigningCall } from '../../support/kept-connection.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';

// Two places, of which one address has one, and the slow engine.
const NARROW = { BLS_ENGINE: 'noble', SIGNING_WORKERS: '1', SIGNING_BATCH_MAX: '1', SIGNING_QUEUE_MAX: '1' };

/** How long whoever asks too soon waits before being refused again; a timer may be some milliseconds early. */
const WAITS_MS = 1990;

let server: TestServer;
let call: SigningCall;
beforeAll(async () => {
  server = await startTestServer(NARROW);
  call = await signingCallTo(server);
});
afterAll(() => server.stop());

const opened: KeptConnection[] = [];
afterEach(() => {
  for (const connection of opened.splice(0)) connection.close();
});

function connections(
  count: number,
  to = call,
  path = '/sign/msg',
  more: Record<string, string> = {},
): KeptConnection[] {
  const made = Array.from({ length: count }, () => new KeptConnection(to, path, more));
  opened.push(...made);
  return made;
}

/** Of the answers to what is sent in one piece, and in another one when all have come, until the connection ends. */
function statusesUntilClosed(request: string, inOnePiece: number): Promise<string[]> {
  return new Promise((resolve) => {
    const statuses: string[] = [];
    let left = 0;
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    const send = (): void => {
      left = inOnePiece;
      socket.write(request.repeat(inOnePiece));
    };
    socket.on('connect', send).on('error', () => undefined);
    socket.on('data', (chunk) => {
      const answers = [...chunk.toString('latin1').matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status = '']) => status);
      statuses.push(...answers);
      left -= answers.length;
      if (left <= 0) send();
    });
    socket.on('close', () => {
      resolve(statuses);
    });
  });
}

/**
 * Has each connection ask again and again until it is given a signature. Milliseconds between refusals of one connection
 * that came sooner than waiting takes; that there was somebody to refuse is made sure of.
 */
async function refusedAtOnce(all: readonly KeptConnection[]): Promise<readonly number[]> {
  const gaps = await Promise.all(
    all.map(async (connection) => {
      const refusedAt: number[] = [];
      while ((await connection.sign()).status !== 200) refusedAt.push(performance.now());
      return refusedAt.map((at, index) => at - (refusedAt[index - 1] ?? Number.NEGATIVE_INFINITY));
    }),
  );
  expect(gaps.filter((ofOne) => ofOne.length > 0).length).toBeGreaterThanOrEqual(3);
  return gaps.flat().filter((gap) => gap < WAITS_MS);
}

/** How many signatures were released so far: it is one request, of which the record has an entry and counts the rest. */
async function signed(): Promise<number> {
  const [repeats] = await server
    .dataSource()
    .query<[{ times: number | null }]>('SELECT sum(times) AS times FROM signing_repeats');
  return (await server.audit()).length + (repeats.times ?? 0);
}

describe('a connection that was refused and asks again at once', () => {
  it.each([
    ['plainly', '/sign/msg', {}],
    ['with a query', '/sign/msg?now=1', {}],
    ['from a browser', '/sign/msg', { Origin: 'https://wallet.example' }],
    ['in the SDK dialect', '/zauth/sign/msg', {}],
    ['in absolute form', 'http://kms/sign/msg', {}],
  ])('waits for room instead of being refused again: %s', async (_, path, more) => {
    expect(await refusedAtOnce(connections(8, call, path, more))).toEqual([]);
  });

  it('is refused again when it has waited for two seconds', async () => {
    const gaps = await Promise.all(
      connections(250).map(async (connection) => {
        if ((await connection.sign()).status === 200) return undefined;
        const toldAt = performance.now();
        const again = await connection.sign();
        if (again.status === 200) return undefined;
        expect([again.status, again.headers['retry-after']]).toEqual([503, '1']);
        return performance.now() - toldAt;
      }),
    );
    const waits = gaps.filter((gap) => gap !== undefined);
    expect(waits.length).toBeGreaterThanOrEqual(1);
    expect(Math.min(...waits)).toBeGreaterThan(WAITS_MS);
  });

  it('is answered at once when it asks for something else', async () => {
    const [first, ...others] = await refusedOf(connections(20));
    if (first === undefined) throw new Error('nothing was refused');
    let signed = 0;
    const waiting = others.map((connection) => connection.sign().then(() => signed++));
    const { status, text } = await first.get('/metrics');
    expect(status).toBe(200);
    expect(signed).toBeLessThan(others.length);
    expect(Number(/^kms_http_waiting_room_requests (\d+)$/m.exec(text)?.[1])).toBeGreaterThanOrEqual(1);
    await Promise.all(waiting);
    expect((await first.get('/metrics')).text).toContain('kms_http_waiting_room_requests 0\n');
  });

  it('leaves no signature behind when it goes away meanwhile', async () => {
    const before = await signed();
    const all = connections(30);
    const refused = await refusedOf(all);
    const gone = refused.map((connection) => connection.sign());
    for (const connection of refused) connection.close();
    const outcomes = await Promise.allSettled(gone);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toEqual([]);
    const [next] = connections(1);
    expect((await next?.sign())?.status).toBe(200);
    // A request that came before its connection went may have been under way already: there are two places.
    const more = (await signed()) - before;
    expect(more).toBeGreaterThan(all.length - refused.length);
    expect(more).toBeLessThanOrEqual(all.length - refused.length + 3);
  });

  it('waits behind a proxy that leaves the prefix of PUBLIC_URL in the path, too', async () => {
    const prefixed = await startTestServer({ ...NARROW, PUBLIC_URL: 'https://example.org/kms' });
    try {
      const there = await signingCallTo(prefixed);
      expect(await refusedAtOnce(connections(8, there, '/kms/sign/msg'))).toEqual([]);
    } finally {
      await prefixed.stop();
    }
  });

  it('does not get past it by another spelling of the path', async () => {
    for (const connection of connections(4, call, '/sig%6E/msg')) expect((await connection.sign()).status).toBe(400);
  });

  it('is closed when it sends more requests while one waits', async () => {
    const lines = Object.entries({ ...call.headers, Host: 'kms' }).map(([name, value]) => `${name}: ${value}\r\n`);
    const one = `POST /sign/msg HTTP/1.1\r\n${lines.join('')}\r\n${call.body}`;
    let isOver = false;
    const busy = connections(40).map(async (connection) => {
      while (!isOver) await connection.sign();
    });
    const pipelined = await Promise.all(Array.from({ length: 4 }, () => statusesUntilClosed(one, 10)));
    isOver = true;
    await Promise.all(busy);
    for (const statuses of pipelined) {
      for (const status of statuses) expect(['200', '503']).toContain(status);
      // Told once that there is no room; then one waits, and with what it sends beside that the connection ends.
      expect(statuses.filter((status) => status === '503')).toEqual(['503']);
    }
  });

  it('is let in after whoever comes anew', async () => {
    // Of the 33 places 17 are this address's share, of which two are kept for newcomers.
    const wide = await startTestServer({ ...NARROW, SIGNING_QUEUE_MAX: '32' });
    try {
      const there = await signingCallTo(wide);
      let signed = 0;
      const crowd = connections(60, there).map(async (connection) => {
        while ((await connection.sign()).status !== 200);
        signed++;
      });
      // The share was taken by newcomers; from three answers on, two are free of those who wait.
      while (signed < 5) await new Promise((resolve) => setTimeout(resolve, 5));
      const newcomers = await Promise.all(connections(2, there).map((connection) => connection.sign()));
      expect(newcomers.map(({ status }) => status)).toEqual([200, 200]);
      expect(signed).toBeLessThan(crowd.length);
      await Promise.all(crowd);
    } finally {
      await wide.stop();
    }
  });

  it('is answered when the service ends meanwhile', async () => {
    const ending = await startTestServer(NARROW);
    const refused = await refusedOf(connections(30, await signingCallTo(ending)));
    expect(refused.length).toBeGreaterThanOrEqual(5);
    const waiting = Promise.all(refused.map((connection) => connection.sign()));
    // Sent before the end is asked for: the service has begun to answer.
    await ending.anonymous().get('/health/live');
    await ending.stop();
    for (const { status } of await waiting) expect([200, 503]).toContain(status);
  });
});
