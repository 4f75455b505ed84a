import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asWritten } from '../../support/as-written.js';
import { successOf } from '../../support/api-client.js';
import type { ApiClient } from '../../support/api-client.js';
import { freshUser } from '../../support/dialects.js';
import type { VaultUser } from '../../support/dialects.js';
import { foreignSplitKey, randomSecretKey, setUp, sumOf } from '../../support/foreign-split-key.js';
import type { ForeignSplitKey } from '../../support/foreign-split-key.js';
import { minus } from '../../support/secret-arithmetic.js';
import { heldKey, signMessage, signTransaction } from '../../support/signing-calls.js';
import { jobsGiven } from '../../support/signing-metrics.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { transfer } from '../../support/transactions.js';
import { sha3 } from '../../support/wallet-client.js';
import type { WireSplitKey, WireWallet } from '../../support/wire-types.js';
import { expectRefusal, expectRefusalThatSays, SDK, zauthOf } from '../../support/zauth-dialects.js';

const HASH = sha3('a message');

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

interface Owner {
  readonly user: VaultUser;
  readonly zauth: ApiClient;
}

function newOwner(): Owner {
  const user = freshUser(server, 'alice');
  return { user, zauth: zauthOf(server, user.id) };
}

async function keyShownBy(user: VaultUser, clientId: string): Promise<WireSplitKey> {
  const { keys } = successOf<{ keys: WireSplitKey[] }>(await user.documented.get(`/keys/${clientId}`));
  const [key] = keys;
  if (key === undefined) throw new Error('the wallet has no split key');
  return key;
}

/** A split key of ZVault's of which the owner knows both shares, having stored the master key themselves. */
async function knownSplitKey({ documented }: VaultUser): Promise<ForeignSplitKey> {
  const master = await foreignSplitKey();
  successOf<WireWallet>(await documented.post('/store', { private_key: master.masterKey }), 201);
  const made = successOf<WireSplitKey>(await documented.post(`/key/${master.clientId}`), 201);
  return foreignSplitKey(made.private_key, minus(master.masterKey, made.private_key));
}

describe('what ZAuth is told about a split key of ZVault, ZVault shows too', () => {
  it('when it is restricted', async () => {
    const { user, zauth } = newOwner();
    const { wallet, key } = await splitWallet(user.documented);
    const named = { 'X-Peer-Public-Key': key.public_key };
    successOf(await zauth.with(named).put(`/restrictions/${wallet.client_id}`, { restrictions: ['storage_rewards'] }));
    const shown = successOf(await user.documented.with(named).get('/restrictions'));
    expect(shown).toStrictEqual(['storage_rewards', 'message_signing', 'data_signing']);
    expect(successOf(await user.sdk.with(named).get('/restrictions'))).toStrictEqual(['storage_rewards']);
    successOf(await zauth.with(named).put(`/restrictions/${wallet.client_id}`, { restrictions: ['*'] }));
    expect(successOf(await user.documented.with(named).get('/restrictions'))).toStrictEqual(['*']);
  });

  it('when it is revoked', async () => {
    const { user, zauth } = newOwner();
    const { wallet, key } = await splitWallet(user.documented);
    expect(await keyShownBy(user, wallet.client_id)).toMatchObject({ is_revoked: false });
    successOf(await zauth.post(`/revoke/${wallet.client_id}`, { peer_public_key: key.public_key }));
    expect(await keyShownBy(user, wallet.client_id)).toMatchObject({ is_revoked: true });
    expectRefusal(SDK, await signMessage(zauth, heldKey(key), HASH), 'SPLIT_KEY.REVOKED');
  });

  it('when its server share is deleted: it signs no more, so it is shown as revoked', async () => {
    const { user, zauth } = newOwner();
    const { wallet, key } = await splitWallet(user.documented);
    successOf(await zauth.post(`/delete/${wallet.client_id}`));
    expect(await keyShownBy(user, wallet.client_id)).toMatchObject({ is_revoked: true });
    expectRefusal(SDK, await signMessage(zauth, heldKey(key), HASH), 'SPLIT_KEY.UNKNOWN', 500);
  });

  it('when it is set up again with other terms', async () => {
    const { user, zauth } = newOwner();
    const key = await knownSplitKey(user);
    const expires = server.clock.nowSeconds() + 60;
    successOf(await setUp(zauth, key, { restrictions: ['storage_rewards'], expired_at: expires }));
    expect(await keyShownBy(user, key.clientId)).toMatchObject({ expires_at: expires, is_revoked: false });
    const named = user.sdk.with({ 'X-Peer-Public-Key': key.userPublicKey });
    expect(successOf(await named.get('/restrictions'))).toStrictEqual(['storage_rewards']);
  });

  it('when it is set up again without some of the terms, which stay as they are in both', async () => {
    const { user, zauth } = newOwner();
    const key = await knownSplitKey(user);
    const expires = server.clock.nowSeconds() + 60;
    const named = user.sdk.with({ 'X-Peer-Public-Key': key.userPublicKey });
    const pay = transfer({ client_id: key.clientId, client_key: key.clientKey });
    const expectBoth = async (restrictions: string[]): Promise<void> => {
      expect(successOf(await named.get('/restrictions'))).toStrictEqual(restrictions);
      expect(await keyShownBy(user, key.clientId)).toMatchObject({ expires_at: expires, is_revoked: false });
      expect((await signTransaction(zauth, key, pay)).status).toBe(
        restrictions.includes('token_transfers') ? 200 : 400,
      );
    };
    successOf(await setUp(zauth, key, { restrictions: ['token_transfers'], expired_at: expires }));
    for (const nothing of [{ expired_at: undefined }, { expired_at: null, public_key: undefined }]) {
      successOf(await setUp(zauth, key, { restrictions: undefined, ...nothing }));
      await expectBoth(['token_transfers']);
    }
    successOf(await setUp(zauth, key, { restrictions: ['storage_rewards'], expired_at: undefined }));
    await expectBoth(['storage_rewards']);
    successOf(await setUp(zauth, key, { restrictions: null, expired_at: undefined }));
    await expectBoth([]);
    server.clock.advanceSeconds(60);
    const answer = await signTransaction(server.anonymous(`${server.url}/zauth`), key, pay);
    expectRefusal(SDK, answer, 'SPLIT_KEY.EXPIRED');
  });
});

describe('a split key that ZVault shows as revoked', () => {
  it.each([
    [
      'revoked at ZVault',
      (user: VaultUser, _zauth: ApiClient, key: ForeignSplitKey) =>
        user.documented.post(`/revoke/${key.clientId}`, { public_key: key.userPublicKey }),
    ],
    [
      'deleted at ZAuth',
      (_user: VaultUser, zauth: ApiClient, key: ForeignSplitKey) => zauth.post(`/delete/${key.clientId}`),
    ],
  ] as const)('is set up again by nobody who knows its server share: %s', async (_, end) => {
    const { user, zauth } = newOwner();
    const key = await knownSplitKey(user);
    successOf(await end(user, zauth, key));
    expectRefusal(SDK, await setUp(zauth, key, { restrictions: ['*'] }), 'SPLIT_KEY.REVOKED');
    // Not even when ZAuth has forgotten it.
    await zauth.post(`/delete/${key.clientId}`);
    expectRefusal(SDK, await setUp(zauth, key, { restrictions: ['*'] }), 'SPLIT_KEY.REVOKED');
    expectRefusal(SDK, await signMessage(zauth, key, HASH), 'SPLIT_KEY.UNKNOWN', 500);
  });

  it('is nobody else’s: another owner of the same wallet sets up what they like', async () => {
    const { user, zauth } = newOwner();
    const key = await knownSplitKey(user);
    successOf(await zauth.post(`/delete/${key.clientId}`));
    successOf(await setUp(newOwner().zauth, key, { restrictions: ['*'] }));
  });
});

describe('a record of ZAuth’s that no longer says of which split key of ZVault it is the half', () => {
  async function forgotten(): Promise<{ user: VaultUser; zauth: ApiClient; key: ForeignSplitKey }> {
    const { user, zauth } = newOwner();
    const key = await knownSplitKey(user);
    // As earlier releases left it after a delete and a /setup.
    await server
      .dataSource()
      .query('UPDATE auth_server_shares SET split_key_id = NULL WHERE client_id = ?', [key.clientId]);
    await asWritten(server, 'auth_server_shares');
    return { user, zauth, key };
  }

  it('is revoked, restricted and deleted through ZVault', async () => {
    const { user, zauth, key } = await forgotten();
    const named = user.documented.with({ 'X-Peer-Public-Key': key.userPublicKey });
    successOf(await named.put(`/restrictions/${key.clientId}`, { restrictions: [] }));
    const answer = await signTransaction(zauth, key, transfer({ client_id: key.clientId, client_key: key.clientKey }));
    expectRefusalThatSays(SDK, answer, 'SIGNING.NOT_ALLOWED', "the split key's restrictions do not allow this");
    successOf(await user.documented.post(`/revoke/${key.clientId}`, { public_key: key.userPublicKey }));
    expectRefusal(SDK, await signMessage(zauth, key, HASH), 'SPLIT_KEY.REVOKED');
    successOf(await user.documented.post(`/delete/${key.clientId}`));
    expectRefusal(SDK, await signMessage(zauth, key, HASH), 'SPLIT_KEY.UNKNOWN', 500);
  });

  it('is restricted, renewed and revoked at ZAuth, and ZVault shows it', async () => {
    const { user, zauth, key } = await forgotten();
    const named = { 'X-Peer-Public-Key': key.userPublicKey };
    successOf(await zauth.with(named).put(`/restrictions/${key.clientId}`, { restrictions: ['storage_rewards'] }));
    expect(successOf(await user.sdk.with(named).get('/restrictions'))).toStrictEqual(['storage_rewards']);
    const expires = server.clock.nowSeconds() + 60;
    successOf(await setUp(zauth, key, { expired_at: expires }));
    expect(await keyShownBy(user, key.clientId)).toMatchObject({ expires_at: expires, is_revoked: false });
    successOf(await zauth.post(`/revoke/${key.clientId}`, { peer_public_key: key.userPublicKey }));
    expect(await keyShownBy(user, key.clientId)).toMatchObject({ is_revoked: true, private_key: '' });
  });
});

describe('a borrower who hands the halves to /setup the wrong way round', () => {
  it('does not slow the owner, whose signatures take one job each as before', async () => {
    const { user } = newOwner();
    const { wallet, key } = await splitWallet(user.documented);
    const jobsOfOne = async (): Promise<number> => {
      const before = await jobsGiven(server);
      successOf(await signMessage(server.anonymous(), heldKey(key), HASH));
      return (await jobsGiven(server)) - before;
    };
    expect(await jobsOfOne()).toBe(1);
    successOf(
      await zauthOf(server, freshUser(server, 'bob').id).post('/setup', {
        client_id: wallet.client_id,
        client_key: wallet.client_key,
        private_key: key.private_key,
        peer_public_key: key.peer_public_key,
        restrictions: ['*'],
      }),
    );
    expect(await jobsOfOne()).toBe(1);
  });

  it('gets past no restriction, and in nobody’s way', async () => {
    const { user } = newOwner();
    const { wallet, key } = await splitWallet(user.documented, {
      restrictions: ['storage_rewards', 'message_signing'],
    });
    const borrower = zauthOf(server, freshUser(server, 'bob').id);
    // The user share and both public keys are known to the borrower.
    successOf(
      await borrower.post('/setup', {
        client_id: wallet.client_id,
        client_key: wallet.client_key,
        private_key: key.private_key,
        peer_public_key: key.peer_public_key,
        restrictions: ['*'],
      }),
    );
    const byServerKey = { ...heldKey(key), userPublicKey: key.peer_public_key };
    for (const held of [heldKey(key), byServerKey]) {
      const answer = await signTransaction(borrower, held, transfer(wallet));
      expectRefusalThatSays(SDK, answer, 'SIGNING.NOT_ALLOWED', "the split key's restrictions do not allow this");
      successOf(await signMessage(borrower, held, HASH));
    }
  });
});

describe('two owners of the same master key', () => {
  it('stay apart: neither reads, restricts, revokes or deletes the other’s', async () => {
    const [alice, mallory] = [newOwner(), newOwner()];
    const share = randomSecretKey();
    const serverShare = randomSecretKey();
    const masterKey = sumOf(share, serverShare);
    for (const { user } of [alice, mallory])
      successOf(await user.documented.post('/store', { private_key: masterKey }), 201);
    const { clientId } = await foreignSplitKey(share, serverShare);
    const key = successOf<WireSplitKey>(await alice.user.documented.post(`/key/${clientId}`), 201);
    const theirs = mallory.zauth.with({ 'X-Peer-Public-Key': key.public_key });
    expectRefusal(SDK, await theirs.get(`/key/${clientId}`), 'SPLIT_KEY.UNKNOWN', 500);
    expectRefusal(SDK, await theirs.put(`/restrictions/${clientId}`, { restrictions: [] }), 'SPLIT_KEY.UNKNOWN');
    expectRefusal(
      SDK,
      await theirs.post(`/revoke/${clientId}`, { peer_public_key: key.public_key }),
      'SPLIT_KEY.UNKNOWN',
    );
    expectRefusal(SDK, await theirs.post(`/delete/${clientId}`), 'SPLIT_KEY.UNKNOWN');
    successOf(await mallory.user.documented.post(`/delete/${clientId}`));
    successOf(await signMessage(alice.zauth, heldKey(key), HASH));
  });
});
