import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../support/api-client.js';
import type { ApiClient } from '../support/api-client.js';
import { heldKey } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import type { WireSplitKey } from '../support/wire-types.js';
import { recordOf, runRace } from './signing-race.js';

const ROUNDS = 15;
const RACING = 12;
const LATE = 4;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ LOG_LEVEL: 'silent' });
});
afterAll(() => server.stop());

interface End {
  readonly action: string;
  readonly code: string;
  readonly end: (vault: ApiClient, zauth: ApiClient, key: WireSplitKey) => Promise<unknown>;
}

const named = (api: ApiClient, key: WireSplitKey): ApiClient => api.with({ 'X-Peer-Public-Key': key.peer_public_key });
const nothingAllowed = { restrictions: ['storage_rewards'] };

const ENDS: readonly End[] = [
  {
    action: 'delete-wallet',
    code: 'SPLIT_KEY.UNKNOWN',
    end: async (vault, _, { client_id }) => successOf(await vault.post(`/delete/${client_id}`)),
  },
  {
    action: 'restrict-key',
    code: 'SIGNING.NOT_ALLOWED',
    end: async (vault, _, key) => successOf(await named(vault, key).put(`/restrictions/${key.client_id}`, nothingAllowed)),
  },
  {
    action: 'revoke-share',
    code: 'SPLIT_KEY.REVOKED',
    end: async (_, zauth, { client_id, public_key }) =>
      successOf(await zauth.post(`/revoke/${client_id}`, { peer_public_key: public_key })),
  },
  {
    action: 'delete-shares',
    code: 'SPLIT_KEY.UNKNOWN',
    end: async (_, zauth, { client_id }) => successOf(await zauth.post(`/delete/${client_id}`)),
  },
];

/** Runs the races, each with a new split key, and returns how many got a signature in all. */
async function race(round: number, terms: { expires_at?: number }, end: (key: WireSplitKey) => Promise<unknown>, code: string) {
  const { wallet, key } = await splitWallet(server.as(`owner ${round}`), terms);
  const signed = await runRace({
    server,
    key: heldKey(key),
    end: () => end(key),
    code,
    answeredFirst: round % 2,
    sentFirst: (round * 3) % 10,
    racing: RACING,
    late: LATE,
  });
  return { wallet, key, signed };
}

describe.each(ENDS)('$action', ({ action, code, end }) => {
  it(`is final in ${ROUNDS} races with ${RACING + LATE} signers each`, async () => {
    let signedInAll = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const owner = `owner ${round}`;
      const vault = server.as(owner);
      const zauth = server.as(owner, `${server.url}/zauth`);
      const { wallet, signed } = await race(round, {}, (key) => end(vault, zauth, key), code);
      const record = await recordOf(server, wallet.client_id, action);
      const [endedAt] = record.ended;
      expect(record.ended).toHaveLength(1);
      expect(record.signed).toHaveLength(signed);
      expect(record.signed.filter((id) => id > (endedAt ?? 0))).toEqual([]);
      signedInAll += signed;
    }
    expect(signedInAll).toBeGreaterThan(0);
    expect(signedInAll).toBeLessThan(ROUNDS * RACING);
  });
});

describe('expiry', () => {
  it(`is final in ${ROUNDS} races with ${RACING + LATE} signers each, as soon as the clock says so`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const expiresAt = server.clock.nowSeconds() + 30;
      const expire = (): Promise<unknown> => {
        server.clock.advanceSeconds(30);
        return Promise.resolve();
      };
      const { wallet, key, signed } = await race(round, { expires_at: expiresAt }, expire, 'SPLIT_KEY.EXPIRED');
      expect(key.expires_at).toBe(expiresAt);
      const record = await recordOf(server, wallet.client_id, 'none');
      expect(record.signedAtMs).toHaveLength(signed);
      expect(record.signedAtMs.filter((ms) => ms >= expiresAt * 1000)).toEqual([]);
    }
  });
});
