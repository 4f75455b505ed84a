import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import { listenOnAll } from '../../support/listeners.js';
import type { Listening } from '../../support/listeners.js';
import { RawConnection } from '../../support/raw-connection.js';
import { begin, requestsOf, untilThere } from '../../support/requests-under-way.js';
import type { Lane } from '../../support/requests-under-way.js';
import type { TestServer } from '../../support/test-server.js';
import type { WireWallet } from '../../support/wire-types.js';

/** Of the places of a lane, what one network has at most for requests whose bodies have not come. */
const SLOW = 8;
const NOBODY = { underWay: 0, waiting: 0 };
const ID = 'a'.repeat(64);

let listening: Listening;
let server: TestServer;
beforeAll(async () => {
  listening = await listenOnAll(
    { isTls: false },
    { OPERATIONS_PORT: '0', METRICS: 'on', TRUSTED_PROXIES: '127.0.0.1' },
  );
  ({ server } = listening);
});
afterAll(() => listening.stop());

const opened: RawConnection[] = [];
afterEach(async () => {
  for (const connection of opened.splice(0)) connection.close();
  for (const lane of ['protective', 'signing', 'making'] as const) await untilThere(server, lane, NOBODY);
});

/** So many requests whose bodies do not come. */
async function beginMany(count: number, target: string, user = 'slow', url = server.url): Promise<RawConnection[]> {
  const begun = await Promise.all(Array.from({ length: count }, () => begin(url, target, server.token(user))));
  opened.push(...begun);
  return begun;
}

async function walletsOf(user: string): Promise<number> {
  return successOf<WireWallet[]>(await server.as(user).get('/wallets')).length;
}

describe('the lane of a request', () => {
  it.each<[string, Lane]>([
    [`POST /revoke/${ID}`, 'protective'],
    [`POST /delete/${ID}`, 'protective'],
    [`POST /undelete/${ID}?now=1`, 'protective'],
    [`PUT /restrictions/${ID}`, 'protective'],
    [`POST /freeze/${ID}`, 'protective'],
    [`POST /thaw/${ID}`, 'protective'],
    [`POST /zauth/freeze/${ID}`, 'protective'],
    [`POST /zvault/revoke/${ID}`, 'protective'],
    [`POST /zauth/revoke/${ID}`, 'protective'],
    [`PUT /zauth/restrictions/${ID}`, 'protective'],
    [`POST http://kms/revoke/${ID}`, 'protective'],
    ['POST /wallet', 'making'],
    ['POST /store', 'making'],
    [`POST /key/${ID}`, 'making'],
    ['POST /zvault/generate', 'making'],
    ['POST /zauth/setup', 'making'],
  ])('of %s is that of what it does', async (target, lane) => {
    await beginMany(1, target);
    await untilThere(server, lane, { underWay: 1, waiting: 0 });
  });

  it('is the same on the ports of one service, and there is none on that of operators', async () => {
    const [, , zvault, zauth] = listening.places.map(({ url }) => url);
    await beginMany(1, `POST /revoke/${ID}`, 'slow', zvault);
    await beginMany(1, `POST /revoke/${ID}`, 'slow', zauth);
    await beginMany(1, `POST /revoke/${ID}`, 'slow', server.operationsUrl);
    await untilThere(server, 'protective', { underWay: 2, waiting: 0 });
  });
});

describe('requests whose bodies do not come', () => {
  it('hold few places, so that others of the same user are answered', async () => {
    await beginMany(3 * SLOW, 'POST /wallet');
    await untilThere(server, 'making', { underWay: SLOW, waiting: 2 * SLOW });
    expect((await server.as('slow').post('/wallet')).status).toBe(201);
    // What stops things has places of its own.
    expect((await server.as('slow').post(`/revoke/${ID}`, { public_key: 'b'.repeat(128) })).status).toBe(400);
    expect((await requestsOf(server)).making).toEqual({ underWay: SLOW, waiting: 2 * SLOW });
  });

  it('leave their places when they have come, to those that wait', async () => {
    const begun = await beginMany(3 * SLOW, 'POST /wallet', 'late');
    await untilThere(server, 'making', { underWay: SLOW, waiting: 2 * SLOW });
    for (const connection of begun) connection.send('}');
    const statuses = await Promise.all(begun.map(async (connection) => (await connection.answer()).status));
    expect(statuses).toEqual(begun.map(() => 201));
    expect(await walletsOf('late')).toBe(3 * SLOW);
  });

  it('are forgotten when their clients go away, under way or waiting', async () => {
    const begun = await beginMany(3 * SLOW, 'POST /wallet', 'gone');
    await untilThere(server, 'making', { underWay: SLOW, waiting: 2 * SLOW });
    for (const connection of begun.slice(SLOW)) connection.close();
    await untilThere(server, 'making', { underWay: SLOW, waiting: 0 });
    for (const connection of begun) connection.close();
    await untilThere(server, 'making', NOBODY);
    expect(await walletsOf('gone')).toBe(0);
  });

  it('of one address leave places for those of another', async () => {
    const forged = Array.from({ length: 40 }, (_, index) => `token-${index}`);
    const begun = await Promise.all(forged.map((token) => begin(server.url, 'POST /wallet', token)));
    opened.push(...begun);
    await untilThere(server, 'making', { underWay: SLOW, waiting: 40 - SLOW });
    await beginMany(1, 'POST /wallet HTTP/1.1\r\nX-Forwarded-For: 192.0.2.7\r\nX-Rest: of', 'other');
    await untilThere(server, 'making', { underWay: SLOW + 1, waiting: 40 - SLOW });
  });

  it('hear 400 when they turn out to be malformed, also while they wait', async () => {
    const token = server.token('malformed');
    const head = `POST /wallet HTTP/1.1\r\nHost: kms\r\nX-Jwt-Token: ${token}\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const chunked = await Promise.all(Array.from({ length: 2 * SLOW }, () => chunkedTo(server.url, head)));
    await untilThere(server, 'making', { underWay: SLOW, waiting: SLOW });
    for (const connection of chunked) connection.send('no size\r\n');
    for (const connection of chunked) {
      const { status, headers } = await connection.answer();
      expect([status, headers.get('connection')]).toEqual([400, 'close']);
      expect(await connection.rest()).toBe('');
    }
  });
});

describe('what stops things', () => {
  it('is answered while others connect without end, on a connection that is kept', async () => {
    const body = JSON.stringify({ public_key: 'b'.repeat(128) });
    const head = [`POST /revoke/${ID} HTTP/1.1`, 'Host: kms', `X-Jwt-Token: ${server.token('stopping')}`];
    const request = [...head, 'Content-Type: application/json', `Content-Length: ${body.length}`, '', body].join(
      '\r\n',
    );
    const over = new AbortController();
    const crowd = (async (): Promise<void> => {
      while (!over.signal.aborted) (await RawConnection.to(server.url)).close();
    })();
    const kept = await RawConnection.to(server.url);
    opened.push(kept);
    const statuses: number[] = [];
    try {
      for (let sent = 0; sent < 40; sent += 1) {
        kept.send(request);
        statuses.push((await kept.answer()).status);
      }
    } finally {
      over.abort();
      await crowd;
    }
    expect(statuses).toEqual(Array.from({ length: 40 }, () => 400));
  });
});

async function chunkedTo(url: string, head: string): Promise<RawConnection> {
  const connection = await RawConnection.to(url);
  opened.push(connection);
  connection.send(head);
  return connection;
}
