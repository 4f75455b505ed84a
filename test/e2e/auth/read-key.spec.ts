import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import type { Answer, ApiClient } from '../../support/api-client.js';
import { freshUser } from '../../support/dialects.js';
import { foreignSplitKey, randomSecretKey, setUp } from '../../support/foreign-split-key.js';
import { malformedHex } from '../../support/malformed.js';
import { minus } from '../../support/secret-arithmetic.js';
import { heldKey, sendMessage, signMessage, signTransaction } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { contractCall, STORAGE_CONTRACT, transfer } from '../../support/transactions.js';
import { sha3, walletClient } from '../../support/wallet-client.js';
import {
  expectRefusal,
  expectRefusalThatSays,
  expectRefusedField,
  ZAUTH_DIALECTS,
  zauthOf,
  zauthWithoutToken,
} from '../../support/zauth-dialects.js';

const HASH = sha3('a message');

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const read = (zauth: ApiClient, clientId: string, publicKey: string): Promise<Answer> =>
  zauth.with({ 'X-Peer-Public-Key': publicKey }).get(`/key/${clientId}`);

describe.each(ZAUTH_DIALECTS)('GET /key/:client_id in the $dialect dialect', (dialect) => {
  it('tells when a split key last signed, 0 before the first time, and nothing else', async () => {
    const { id, documented } = freshUser(server, 'alice');
    const zauth = zauthOf(server, id, dialect);
    const { wallet, key } = await splitWallet(documented);
    const lastUsed = async () => successOf(await read(zauth, wallet.client_id, key.peer_public_key));
    expect(await lastUsed()).toStrictEqual({ last_used: 0 });
    successOf(await signMessage(zauth, heldKey(key), HASH));
    const first = server.clock.nowSeconds();
    server.clock.advanceSeconds(7);
    expect(await lastUsed()).toStrictEqual({ last_used: first });
    successOf(await signTransaction(zauth, heldKey(key), transfer(wallet)));
    expect(await lastUsed()).toStrictEqual({ last_used: first + 7 });
  });

  it('does not count what was not signed', async () => {
    const { id, documented } = freshUser(server, 'alice');
    const { wallet, key } = await splitWallet(documented, { restrictions: ['token_transfers'] });
    const client = await walletClient();
    await signTransaction(documented, heldKey(key), contractCall(wallet, STORAGE_CONTRACT, 'kill_blobber'));
    await signMessage(documented, heldKey(key), HASH);
    await sendMessage(documented, heldKey(key), HASH, client.sign(randomSecretKey(), HASH));
    const answer = await read(zauthOf(server, id, dialect), wallet.client_id, key.public_key);
    expect(successOf(answer)).toStrictEqual({ last_used: 0 });
  });

  it("knows the split key by either share's key, in either letter case", async () => {
    const { id, documented } = freshUser(server, 'alice');
    const { wallet, key } = await splitWallet(documented);
    for (const name of [key.public_key, key.peer_public_key, key.peer_public_key.toUpperCase()]) {
      successOf(await read(zauthOf(server, id, dialect), wallet.client_id.toUpperCase(), name));
    }
  });

  it('knows the split key by the public_key that /setup was given', async () => {
    const { id } = freshUser(server, 'alice');
    const key = await foreignSplitKey();
    const named = (await foreignSplitKey()).clientKey;
    successOf(await setUp(zauthOf(server, id), key, { public_key: named }));
    for (const name of [named, key.userPublicKey, key.serverPublicKey]) {
      successOf(await read(zauthOf(server, id, dialect), key.clientId, name));
    }
    const unnamed = await read(zauthOf(server, id, dialect), key.clientId, key.clientKey);
    expectRefusal(dialect, unnamed, 'SPLIT_KEY.UNKNOWN', dialect.unknownSplitKey);
  });

  it('of several that /setup gave the same public_key means the one that signed last', async () => {
    const { id } = freshUser(server, 'alice');
    const zauth = zauthOf(server, id);
    const first = await foreignSplitKey();
    const share = randomSecretKey();
    const second = await foreignSplitKey(share, minus(first.masterKey, share));
    for (const key of [first, second]) successOf(await setUp(zauth, key));
    expect(second.clientKey).toBe(first.clientKey);
    for (const key of [first, second, first]) {
      server.clock.advanceSeconds(1);
      successOf(await signMessage(zauth, key, HASH));
      const answer = await read(zauthOf(server, id, dialect), first.clientId, first.clientKey);
      expect(successOf(answer)).toStrictEqual({ last_used: server.clock.nowSeconds() });
    }
  });

  it("takes another's key and one that was never there for the same unknown key", async () => {
    const { documented } = freshUser(server, 'alice');
    const { wallet, key } = await splitWallet(documented);
    const mallory = zauthOf(server, freshUser(server, 'mallory').id, dialect);
    const never = await foreignSplitKey();
    for (const [clientId, name] of [
      [wallet.client_id, key.public_key],
      [wallet.client_id, key.peer_public_key],
      [wallet.client_id, wallet.client_key],
      [never.clientId, never.userPublicKey],
    ] as const) {
      expectRefusal(dialect, await read(mallory, clientId, name), 'SPLIT_KEY.UNKNOWN', dialect.unknownSplitKey);
    }
  });

  it('takes a key of another wallet of the same owner for unknown', async () => {
    const { id, documented } = freshUser(server, 'alice');
    const { key } = await splitWallet(documented);
    const { wallet: other } = await splitWallet(documented);
    const answer = await read(zauthOf(server, id, dialect), other.client_id, key.public_key);
    expectRefusal(dialect, answer, 'SPLIT_KEY.UNKNOWN', dialect.unknownSplitKey);
  });

  it('shows a revoked key and no longer a deleted one', async () => {
    const { id, documented } = freshUser(server, 'alice');
    const zauth = zauthOf(server, id, dialect);
    const { wallet, key } = await splitWallet(documented);
    successOf(await documented.post(`/revoke/${wallet.client_id}`, { public_key: key.public_key }));
    expect(successOf(await read(zauth, wallet.client_id, key.public_key))).toStrictEqual({ last_used: 0 });
    successOf(await documented.post(`/delete/${wallet.client_id}`));
    const gone = await read(zauth, wallet.client_id, key.public_key);
    expectRefusal(dialect, gone, 'SPLIT_KEY.UNKNOWN', dialect.unknownSplitKey);
  });

  it('refuses a malformed client id and a malformed or missing header', async () => {
    const zauth = zauthOf(server, freshUser(server, 'alice').id, dialect);
    const { clientId, userPublicKey } = await foreignSplitKey();
    for (const text of [
      clientId.slice(1),
      `${clientId}0`,
      `0x${clientId.slice(2)}`,
      userPublicKey,
      'g'.repeat(64),
      '%20',
    ]) {
      expectRefusedField(dialect, await read(zauth, text, userPublicKey), 'client_id');
    }
    for (const { text } of malformedHex(128).filter((each) => /^[\x21-\x7e]+$/.test(each.text))) {
      expectRefusedField(dialect, await read(zauth, clientId, text), 'X-Peer-Public-Key');
    }
    expectRefusal(dialect, await zauth.get(`/key/${clientId}`), 'REQUEST.MISSING_HEADER');
    expectRefusal(dialect, await read(zauth, clientId, ''), 'REQUEST.MISSING_HEADER');
  });

  it('refuses a caller without a token', async () => {
    const { clientId, userPublicKey } = await foreignSplitKey();
    const answer = await read(zauthWithoutToken(server, dialect), clientId, userPublicKey);
    expectRefusalThatSays(dialect, answer, 'TOKEN.MISSING', 'send a token', 401);
  });
});
