import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../../support/api-client.js';
import type { Answer } from '../../support/api-client.js';
import { plainLineOf } from '../../support/dialects.js';
import { RawConnection } from '../../support/raw-connection.js';
import { untilThere } from '../../support/requests-under-way.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { UnpooledClient } from '../../support/unpooled-client.js';
import type { WireWallet } from '../../support/wire-types.js';

const WORDS = 'too many requests wait, or too many of yours; nothing was done, try again shortly';
const PLACE_MS = 200;
const FLOOD = 200;
/** What one token has of the places of a lane. */
const OF_ONE_TOKEN = 16;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ MAX_WALLETS_PER_USER: '0' }, { timeouts: { placeMs: PLACE_MS } });
});
afterAll(() => server.stop());

/** Wallets asked for at one moment, each on a connection of its own, and how long each was waited for. */
function flood(user: string, path = '/wallet', base = server.url): Promise<{ answer: Answer; ms: number }[]> {
  const client = new UnpooledClient(base).with({ 'X-Jwt-Token': server.token(user), Origin: 'https://wallet.example' });
  return Promise.all(
    Array.from({ length: FLOOD }, async () => {
      const askedAt = performance.now();
      const answer = await client.post(path);
      return { answer, ms: performance.now() - askedAt };
    }),
  );
}

async function walletsOf(user: string): Promise<number> {
  return successOf<WireWallet[]>(await server.as(user).get('/wallets')).length;
}

describe('whoever waits for a place', () => {
  it('is refused only after some time, as every 503 is told, and nothing was done', async () => {
    const answers = await flood('impatient');
    const refused = answers.filter(({ answer }) => answer.status === 503);
    expect(refused.length).toBeGreaterThan(0);
    for (const { answer, ms } of refused) {
      expect(problemOf(answer, 503)).toMatchObject({ code: 'SERVICE.OVERLOADED', detail: WORDS });
      expect(answer.headers.get('retry-after')).toBe('1');
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      // A timer may be some milliseconds early.
      expect(ms).toBeGreaterThan(PLACE_MS - 10);
    }
    expect(await walletsOf('impatient')).toBe(FLOOD - refused.length);
    await untilThere(server, 'making', { underWay: 0, waiting: 0 });
  });

  it('hears it in one line in the SDK dialect', async () => {
    const answers = await flood('sdk', '/generate', `${server.url}/zvault`);
    const [first] = answers.filter(({ answer }) => answer.status !== 200);
    if (first === undefined) throw new Error('nothing was refused');
    expect(plainLineOf(first.answer, 503)).toBe(WORDS);
  });

  it('is closed when more comes on its connection', async () => {
    const token = server.token('pipeliner');
    const one = `POST /wallet HTTP/1.1\r\nHost: kms\r\nX-Jwt-Token: ${token}\r\nContent-Length: 2\r\n\r\n{}`;
    const connection = await RawConnection.to(server.url);
    connection.send(one.repeat(100));
    await connection.rest();
    expect(await walletsOf('pipeliner')).toBeLessThanOrEqual(OF_ONE_TOKEN);
    await untilThere(server, 'making', { underWay: 0, waiting: 0 });
  });

  it('has its places back after it went away, again and again', async () => {
    const token = server.token('aborter');
    for (let round = 0; round < 3 * OF_ONE_TOKEN; round++) {
      const connection = await RawConnection.to(server.url);
      connection.send(`POST /wallet HTTP/1.1\r\nHost: kms\r\nX-Jwt-Token: ${token}\r\n\r\n`);
      connection.close();
    }
    await untilThere(server, 'making', { underWay: 0, waiting: 0 });
    expect((await server.as('aborter').post('/wallet')).status).toBe(201);
  });

  it('is told when the service ends, in which nobody waits any more', async () => {
    const ending = await startTestServer();
    const token = ending.token('slow');
    const head = `POST /wallet HTTP/1.1\r\nHost: kms\r\nX-Jwt-Token: ${token}\r\n\r\n`;
    const all = await Promise.all(Array.from({ length: 200 }, () => RawConnection.to(ending.url)));
    for (const connection of all) connection.send(head);
    const answers = Promise.all(all.map((connection) => connection.answer()));
    // Whoever has come by now has been heard.
    await ending.anonymous().get('/health/live');
    await ending.stop();
    const statuses = (await answers).map(({ status }) => status);
    for (const status of statuses) expect([201, 503]).toContain(status);
    expect(statuses).toContain(503);
  });
});
