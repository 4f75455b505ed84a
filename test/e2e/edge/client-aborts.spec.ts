import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import { signingCallTo } from '../../support/kept-connection.js';
import type { SigningCall } from '../../support/kept-connection.js';
import { placeKeys } from '../../support/many-keys.js';
import { RawConnection } from '../../support/raw-connection.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import type { WireWallet } from '../../support/wire-types.js';

let server: TestServer;
let signing: SigningCall;
let list: string;
beforeAll(async () => {
  server = await startTestServer();
  signing = await signingCallTo(server);
  const { client_id: clientId } = successOf<WireWallet>(await server.as('carol').post('/wallet'), 201);
  // More than connections keep for a client that does not read.
  await placeKeys(server, 'carol', clientId, 4000);
  list = `/zvault/keys/${clientId}`;
}, 120_000);
afterAll(() => server.stop());

function request(target: string, headers: Readonly<Record<string, string>>, body: string): string {
  const all = Object.entries({ Host: 'kms', 'Content-Length': String(Buffer.byteLength(body)), ...headers });
  return `${target} HTTP/1.1\r\n${all.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
}

const sign = (): string => request('POST /sign/msg', signing.headers, signing.body);
const make = (): string => request('POST /wallet', { 'X-Jwt-Token': server.token('dora') }, '{}');
const ask = (): string => request(`GET ${list}`, { 'X-Jwt-Token': server.token('carol') }, '');

/** Has a client do something and go away, some times; then everything that was begun is over. */
async function afterAborts(
  times: number,
  abort: (connection: RawConnection, time: number) => Promise<void>,
): Promise<void> {
  for (let time = 0; time < times; time++) {
    const connection = await RawConnection.to(server.url);
    await abort(connection, time);
    connection.close();
  }
  // Whoever stays is answered after those who have gone.
  for (let asked = 0; asked < 20; asked++) {
    await server.anonymous().get('/health/ready');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function countOf(metric: RegExp): Promise<number> {
  const { text } = await server.anonymous().get('/metrics');
  return [...text.matchAll(metric)].reduce((sum, [, count]) => sum + Number(count), 0);
}

const INTERNAL = /^kms_\w+\{[^}]*code="(?:INTERNAL|SIGNING\.FAILED|AUDIT\.UNAVAILABLE)"[^}]*\} (\d+)$/gm;
const STATUS_5XX = /^kms_http_requests_total\{[^}]*status="5\d\d"[^}]*\} (\d+)$/gm;

describe('a client that goes away', () => {
  it.each([
    ['in the middle of a body of a signing call', () => sign().slice(0, -10)],
    ['in the middle of a body of another call', () => make().slice(0, -1)],
    [
      'in the middle of a body that needed a token and brought none',
      () => request('POST /wallet', {}, '{}').slice(0, -1),
    ],
    ['in the middle of a head', () => sign().slice(0, 60)],
    ['before its signature is made', sign],
    ['before its wallet is made', make],
    ['before its list is read', ask],
  ])('%s is no failure of ours', async (_, bytes) => {
    const [lines, entries] = [server.log.length, (await server.audit()).length];
    await afterAborts(8, (connection, time) => {
      connection.send(bytes());
      // Some go at once, some when the server has begun.
      return new Promise((resolve) => (time % 2 === 0 ? setImmediate(resolve) : setTimeout(resolve, time)));
    });
    expect(server.log.slice(lines).filter((line) => /"level":[456]0/.test(line))).toEqual([]);
    expect((await server.audit()).slice(entries).filter(({ outcome }) => outcome !== 'approved')).toEqual([]);
    expect([await countOf(INTERNAL), await countOf(STATUS_5XX)]).toEqual([0, 0]);
  });

  it('in the middle of a long list is no failure of ours either', async () => {
    const [lines, entries] = [server.log.length, (await server.audit()).length];
    await afterAborts(8, async (connection) => {
      connection.send(ask());
      const { status } = await connection.answer();
      expect(status).toBe(200);
    });
    expect(server.log.slice(lines).filter((line) => /"level":[456]0/.test(line))).toEqual([]);
    const since = (await server.audit()).slice(entries);
    expect(since.map(({ action, outcome }) => [action, outcome])).toEqual(since.map(() => ['list-keys', 'approved']));
    expect(since).toHaveLength(8);
    expect(await countOf(INTERNAL)).toBe(0);
  });

  it('leaves a service that answers', async () => {
    const connection = await RawConnection.to(server.url);
    connection.send(sign());
    expect((await connection.answer()).status).toBe(200);
    connection.close();
  });
});
