import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { askAs, newWorld, nothing } from '../safety/access-world.js';
import type { World } from '../safety/access-world.js';
import type { Answer, ApiClient } from '../support/api-client.js';
import { sendMessage, signMessage } from '../support/signing-calls.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { sha3, walletClient } from '../support/wallet-client.js';
import { recordedBy } from './new-entries.js';

let server: TestServer;
let world: World;
beforeEach(async () => {
  server = await startTestServer();
  world = await newWorld(server);
});
afterEach(() => server.stop());

const HASH = sha3('a stranger');

interface Stranger {
  readonly what: string;
  readonly code: string;
  readonly ask: () => Promise<Answer>;
}

const STRANGERS: readonly Stranger[] = [
  { what: 'no token', code: 'TOKEN.MISSING', ask: () => server.anonymous().get('/wallets') },
  {
    what: 'an expired token',
    code: 'TOKEN.EXPIRED',
    ask: () => askAs(server, world, 'expired token', 'POST', { path: '/wallet' }),
  },
  {
    what: 'a token that is none',
    code: 'TOKEN.INVALID',
    ask: () => server.anonymous().with({ 'X-Jwt-Token': 'x.y.z' }).get('/wallets'),
  },
  {
    what: 'a wrong partial signature',
    code: 'SIGNING.PARTIAL_INVALID',
    ask: async () =>
      sendMessage(server.anonymous(), world, HASH, (await walletClient()).sign(world.setUp.userShare, HASH)),
  },
  {
    what: 'an unknown split key',
    code: 'SPLIT_KEY.UNKNOWN',
    ask: async () => signMessage(server.anonymous(), { ...world, clientId: (await nothing()).clientId }, HASH),
  },
  {
    what: 'a malformed signature',
    code: 'REQUEST.INVALID_FIELD',
    ask: () => sendMessage(server.anonymous(), world, HASH, 'zz'),
  },
  {
    what: 'no name of a split key',
    code: 'REQUEST.MISSING_HEADER',
    ask: () => server.anonymous().post('/sign/msg', { hash: HASH, signature: HASH, client_id: HASH }),
  },
  { what: 'an unknown route', code: 'REQUEST.ROUTE_UNKNOWN', ask: () => server.as('alice').get('/no/such/route') },
  {
    what: 'a body that is refused before the token is looked at',
    code: 'REQUEST.BODY_TOO_LARGE',
    ask: () => server.as('alice').post('/store', 'x'.repeat(70_000)),
  },
];

/** How often strangers were refused with this code, by the metrics. */
async function counted(code: string): Promise<number> {
  const { text } = await server.anonymous().get('/metrics');
  const line = text
    .split('\n')
    .find((candidate) => candidate.startsWith(`kms_unauthenticated_refusals_total{code="${code}"}`));
  return Number(line?.split(' ')[1] ?? 0);
}

interface Logged {
  readonly msg: string;
  readonly code?: string;
  readonly suppressed?: number;
}

const logged = (code: string): Logged[] =>
  server.log.map((line) => JSON.parse(line) as Logged).filter((line) => line.code === code);

describe('a stranger', () => {
  it.each(STRANGERS)('with $what leaves no entry, but a count and a line', async ({ code, ask }) => {
    const { answer, entries } = await recordedBy(server, ask);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(entries).toEqual([]);
    expect(await counted(code)).toBe(1);
    expect(logged(code)).toMatchObject([{ msg: 'refused' }]);
  });

  it('cannot fill the log either: ten lines per code and minute, then one that says how many were left out', async () => {
    const refusedTimes = async (times: number): Promise<void> => {
      for (let time = 0; time < times; time += 1) await server.anonymous().get('/wallets');
    };
    await refusedTimes(35);
    expect(logged('TOKEN.MISSING')).toHaveLength(10);
    expect(await counted('TOKEN.MISSING')).toBe(35);
    await server.anonymous().get('/no/such/route');
    expect(logged('REQUEST.ROUTE_UNKNOWN')).toHaveLength(1);

    server.clock.advanceSeconds(60);
    await refusedTimes(2);
    expect(logged('TOKEN.MISSING').slice(10)).toMatchObject([
      { suppressed: 25 },
      { msg: 'refused' },
      { msg: 'refused' },
    ]);
    expect(await server.audit()).toHaveLength(4);
  });

  it('cannot fill the access log: ten answers per route and status, and minute', async () => {
    const ask = async (client: ApiClient, times: number): Promise<void> => {
      for (let time = 0; time < times; time += 1) await client.get('/health/live');
    };
    const answered = (): number =>
      server.log
        .map((line) => JSON.parse(line) as { msg: string; route?: string })
        .filter(({ msg, route }) => msg === 'answered' && route === '/health/live').length;
    await ask(server.anonymous(), 25);
    expect(answered()).toBe(10);
    // Whoever has shown a token is known, and pays for lines with entries of the record.
    for (let time = 0; time < 15; time += 1) await server.as('alice').get('/wallets');
    const known = server.log
      .map((line) => JSON.parse(line) as { msg: string; route?: string; status?: number })
      .filter(({ msg, route, status }) => msg === 'answered' && route === '/wallets' && status === 200);
    expect(known).toHaveLength(15);
  });
});
