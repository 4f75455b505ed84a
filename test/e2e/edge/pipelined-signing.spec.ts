import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KeptConnection, signingCallTo } from '../../support/kept-connection.js';
import type { SigningCall } from '../../support/kept-connection.js';
import { RawConnection } from '../../support/raw-connection.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';

/** In one piece: more than all the places there are. */
const AT_ONCE = 40;

const pieceOf = ({ headers, body }: SigningCall, count: number): string => {
  const lines = Object.entries({ ...headers, Host: 'kms' }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST /sign/msg HTTP/1.1\r\n${lines.join('')}\r\n${body}`.repeat(count);
};

async function statusesOf(connection: RawConnection, count: number): Promise<number[]> {
  const statuses: number[] = [];
  while (statuses.length < count) statuses.push((await connection.answer()).status);
  return statuses;
}

const allSigned = (count: number): number[] => Array.from({ length: count }, () => 200);

describe('a connection that sends signing requests without waiting for answers', () => {
  let server: TestServer;
  let call: SigningCall;
  beforeAll(async () => {
    // Of the nine places one address has five, all of which newcomers may have, and the engine is slow.
    server = await startTestServer({
      BLS_ENGINE: 'noble',
      SIGNING_WORKERS: '1',
      SIGNING_BATCH_MAX: '1',
      SIGNING_QUEUE_MAX: '8',
    });
    call = await signingCallTo(server);
  });
  afterAll(() => server.stop());

  it('has one place, and leaves the others to those at its address who wait for theirs', async () => {
    const [first, second] = [await RawConnection.to(server.url), await RawConnection.to(server.url)];
    for (const connection of [first, second]) connection.send(pieceOf(call, AT_ONCE));
    const others = [1, 2, 3].map(() => new KeptConnection(call));
    const signed = await Promise.all(
      others.map(async (other) => {
        const statuses: number[] = [];
        while (statuses.length < 5) statuses.push((await other.sign()).status);
        return statuses;
      }),
    );
    expect(signed).toEqual(others.map(() => allSigned(5)));
    expect(await statusesOf(first, AT_ONCE)).toEqual(allSigned(AT_ONCE));
    expect(await statusesOf(second, AT_ONCE)).toEqual(allSigned(AT_ONCE));
    for (const connection of [first, second, ...others]) connection.close();
  });

  it('is answered in the order of its requests, whatever else they ask', async () => {
    const connection = await RawConnection.to(server.url);
    const health = 'GET /health/live HTTP/1.1\r\nHost: kms\r\n\r\n';
    const malformed = pieceOf({ ...call, headers: { ...call.headers, 'Content-Length': '2' }, body: '{}' }, 1);
    connection.send([pieceOf(call, 1), health, malformed, pieceOf(call, 1)].join(''));
    expect(await statusesOf(connection, 4)).toEqual([200, 200, 400, 200]);
    connection.close();
  });
});
