import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../support/api-client.js';
import type { Answer, ApiClient } from '../support/api-client.js';
import { heldKey, signMessage } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { sha3 } from '../support/wallet-client.js';
import type { WireSplitKey } from '../support/wire-types.js';
import { slowCurveWork } from './curve-work.js';
import type { CurveWork } from './curve-work.js';
import { recordOf } from './signing-race.js';

let server: TestServer;
let work: CurveWork;
beforeAll(async () => {
  server = await startTestServer({ LOG_LEVEL: 'silent' });
  work = slowCurveWork(server);
});
afterAll(() => server.stop());

/** Something after whose acknowledgement a split key signs no more. */
interface End {
  readonly what: string;
  /** Its entry in the record; an end that is no request has none. */
  readonly action?: string;
  readonly code: string;
  readonly end: (root: ApiClient, key: WireSplitKey) => Promise<unknown>;
}

const named = (api: ApiClient, key: WireSplitKey): ApiClient => api.with({ 'X-Peer-Public-Key': key.peer_public_key });
const noMessages = { restrictions: ['token_transfers'] };
const LIFE_SECONDS = 30;

const ENDS: readonly End[] = [
  {
    what: 'revoked',
    action: 'revoke-key',
    code: 'SPLIT_KEY.REVOKED',
    end: async (root, { client_id, public_key }) => successOf(await root.post(`/revoke/${client_id}`, { public_key })),
  },
  {
    what: 'deleted',
    action: 'delete-wallet',
    code: 'SPLIT_KEY.UNKNOWN',
    end: async (root, { client_id }) => successOf(await root.post(`/delete/${client_id}`)),
  },
  {
    what: 'restricted',
    action: 'restrict-key',
    code: 'SIGNING.NOT_ALLOWED',
    end: async (root, key) => successOf(await named(root, key).put(`/restrictions/${key.client_id}`, noMessages)),
  },
  {
    what: 'revoked at ZAuth',
    action: 'revoke-share',
    code: 'SPLIT_KEY.REVOKED',
    end: async (root, { client_id, public_key }) =>
      successOf(await root.post(`/zauth/revoke/${client_id}`, { peer_public_key: public_key })),
  },
  {
    what: 'deleted at ZAuth',
    action: 'delete-shares',
    code: 'SPLIT_KEY.UNKNOWN',
    end: async (root, { client_id }) => successOf(await root.post(`/zauth/delete/${client_id}`)),
  },
  {
    what: 'expired',
    code: 'SPLIT_KEY.EXPIRED',
    end: () => {
      server.clock.advanceSeconds(LIFE_SECONDS);
      return Promise.resolve();
    },
  },
];

const SIGNERS = 8;
const LATE = 3;

describe.each(ENDS)('a split key that is $what', ({ action, code, end }) => {
  it.each([0, 3])('releases no signature that was being made then, but %s made before', async (early) => {
    const owner = server.as('owner');
    const expires_at = server.clock.nowSeconds() + LIFE_SECONDS;
    const { wallet, key } = await splitWallet(owner, { expires_at });
    let asked = 0;
    const sign = (): Promise<Answer> =>
      signMessage(server.anonymous(), heldKey(key), sha3(`${(asked += 1)} ${key.public_key}`));

    for (const { status } of await Promise.all(Array.from({ length: early }, sign))) expect(status).toBe(200);
    const computedBefore = work.computed();
    work.hold();
    const signers = Array.from({ length: SIGNERS }, sign);
    await work.isHolding();
    await end(owner, key);
    work.letAllEnd();
    for (const answer of await Promise.all(signers)) expect(problemOf(answer).code).toBe(code);
    expect(work.computed()).toBeGreaterThan(computedBefore);

    const computed = work.computed();
    for (let late = 0; late < LATE; late += 1) expect(problemOf(await sign()).code).toBe(code);
    expect(work.computed()).toBe(computed);

    const record = await recordOf(server, wallet.client_id, action ?? 'none');
    expect(record.signed).toHaveLength(early);
    expect(record.ended).toHaveLength(action === undefined ? 0 : 1);
    expect(record.signed.filter((id) => id > (record.ended[0] ?? Number.POSITIVE_INFINITY))).toEqual([]);
    expect(record.signedAtMs.filter((ms) => ms >= expires_at * 1000)).toEqual([]);
  });
});
