import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Sweeper } from '../../../src/sweeping/sweeper.js';
import { problemOf, successOf } from '../../support/api-client.js';
import { freshUser } from '../../support/dialects.js';
import { foreignSplitKey, randomSecretKey, setUp } from '../../support/foreign-split-key.js';
import { placeKeys } from '../../support/many-keys.js';
import { minus } from '../../support/secret-arithmetic.js';
import { heldKey, signMessage } from '../../support/signing-calls.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { sha3 } from '../../support/wallet-client.js';
import type { WireSplitKey, WireWallet } from '../../support/wire-types.js';
import { SDK, expectRefusalThatSays, zauthOf } from '../../support/zauth-dialects.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ MAX_WALLETS_PER_USER: '2', MAX_SPLIT_KEYS_PER_WALLET: '3' });
});
afterAll(() => server.stop());

describe('a user who has as many wallets as may be', () => {
  it('makes and stores no more, and may store one of them again; another user may', async () => {
    const { documented, sdk } = freshUser(server, 'alice');
    const known = await foreignSplitKey();
    successOf(await documented.post('/store', { private_key: known.masterKey }), 201);
    successOf(await documented.post('/wallet'), 201);
    const { masterKey } = await foreignSplitKey();
    for (const answer of [
      await documented.post('/wallet'),
      await documented.post('/store', { private_key: masterKey }),
    ])
      expect(problemOf(answer, 409).code).toBe('WALLET.QUOTA');
    expectRefusalThatSays(SDK, await sdk.post('/generate'), 'WALLET.QUOTA', 'you have 2 wallets', 409);
    successOf(await documented.post('/store', { private_key: known.masterKey }), 201);
    successOf(await freshUser(server, 'bob').documented.post('/wallet'), 201);
    const refused = (await server.audit()).filter(({ code }) => code === 'WALLET.QUOTA');
    expect(refused.map(({ action }) => action)).toEqual(['create-wallet', 'store-key', 'generate']);
  });

  it('of 16 asked for at once gets exactly as many as fit', async () => {
    const { documented } = freshUser(server, 'carol');
    const answers = await Promise.all(Array.from({ length: 16 }, () => documented.post('/wallet')));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
  });
});

describe('a user who makes and deletes wallets in turn', () => {
  it('makes no more when ten times as many are deleted and not yet destroyed, and may bring one back', async () => {
    const { id, documented } = freshUser(server, 'erin');
    const deleted: string[] = [];
    for (let made = 0; made < 20; made += 1) {
      const { client_id } = successOf<WireWallet>(await documented.post('/wallet'), 201);
      successOf(await documented.post(`/delete/${client_id}`));
      deleted.push(client_id);
    }
    const { code: refusal, detail } = problemOf(await documented.post('/wallet'), 409);
    expect(refusal).toBe('WALLET.QUOTA');
    expect(detail).toContain('deleted and not yet destroyed');
    successOf(await documented.post(`/undelete/${deleted[7]}`));
    const { client_id: known } = successOf<WireWallet>(await documented.post('/wallet'), 201);
    successOf(await documented.post(`/delete/${known}`));
    expect(problemOf(await documented.post('/wallet'), 409).code).toBe('WALLET.QUOTA');
    server.clock.advanceSeconds(8 * 86_400);
    await server.app.get(Sweeper).sweep();
    successOf(await server.as(id).post('/wallet'), 201);
  });
});

describe('a wallet that has as many live split keys as may be', () => {
  it('gets no more until one is revoked or has expired', async () => {
    const { documented } = freshUser(server, 'alice');
    const wallet = successOf<WireWallet>(await documented.post('/wallet'), 201);
    const path = `/key/${wallet.client_id}`;
    const soon = server.clock.nowSeconds() + 60;
    const [first] = [
      successOf<WireSplitKey>(await documented.post(path), 201),
      successOf<WireSplitKey>(await documented.post(path), 201),
      successOf<WireSplitKey>(await documented.post(path, { expires_at: soon }), 201),
    ];
    const refused = async (): Promise<void> => {
      expect(problemOf(await documented.post(path), 409).code).toBe('SPLIT_KEY.QUOTA');
    };
    await refused();
    successOf(await documented.post(`/revoke/${wallet.client_id}`, { public_key: first.public_key }));
    const another = successOf<WireSplitKey>(await documented.post(path), 201);
    await refused();
    server.clock.advanceSeconds(61);
    successOf(await documented.post(path), 201);
    await refused();
    successOf(await signMessage(server.anonymous(), heldKey(another), sha3('still signs')));
  });

  it('that has more, from before the limit, signs and lists on', async () => {
    const user = freshUser(server, 'alice');
    const master = await foreignSplitKey();
    successOf(await user.documented.post('/store', { private_key: master.masterKey }), 201);
    const key = successOf<WireSplitKey>(await user.documented.post(`/key/${master.clientId}`), 201);
    await placeKeys(server, user.id, master.clientId, 20);
    const { keys } = successOf<{ keys: unknown[] }>(await user.documented.get(`/keys/${master.clientId}`));
    expect(keys).toHaveLength(21);
    successOf(await signMessage(server.anonymous(), heldKey(key), sha3('still signs')));
    expect(problemOf(await user.documented.post(`/key/${master.clientId}`), 409).code).toBe('SPLIT_KEY.QUOTA');
  });

  it('gets no more by /setup, where those that are there may be set up again', async () => {
    const { id } = freshUser(server, 'dave');
    const zauth = zauthOf(server, id);
    const whole = await foreignSplitKey();
    const keys = await Promise.all(
      Array.from({ length: 4 }, () => {
        const share = randomSecretKey();
        return foreignSplitKey(share, minus(whole.masterKey, share));
      }),
    );
    const [first, , , last] = keys;
    if (first === undefined || last === undefined) throw new Error('no keys');
    for (const key of keys.slice(0, 3)) successOf(await setUp(zauth, key));
    expectRefusalThatSays(SDK, await setUp(zauth, last), 'SPLIT_KEY.QUOTA', 'the wallet has 3 live split keys', 409);
    successOf(await setUp(zauth, first));
  });
});
