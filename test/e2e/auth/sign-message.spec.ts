import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../../support/api-client.js';
import { freshUser, plainLineOf } from '../../support/dialects.js';
import { foreignSplitKey, setUp } from '../../support/foreign-split-key.js';
import { heldKey, sendMessage, signMessage } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { mintTestToken } from '../../support/tokens.js';
import { sha3, walletClient } from '../../support/wallet-client.js';
import type { WalletClient } from '../../support/wallet-client.js';
import {
  expectRefusal,
  expectRefusalThatSays,
  ZAUTH_DIALECTS,
  zauthOf,
  zauthWithoutToken,
} from '../../support/zauth-dialects.js';

const HASH = sha3('a message');

let server: TestServer;
let client: WalletClient;
beforeAll(async () => {
  server = await startTestServer();
  client = await walletClient();
});
afterAll(() => server.stop());

const newOwner = () => freshUser(server, 'alice').documented;

describe.each(ZAUTH_DIALECTS)('POST /sign/msg in the $dialect dialect', (dialect) => {
  const anybody = () => zauthWithoutToken(server, dialect);
  const unknown = dialect.unknownSplitKey;

  it('answers without a token with the combined signature and nothing else', async () => {
    const { wallet, key } = await splitWallet(newOwner());
    const answer = await signMessage(anybody(), heldKey(key), HASH);
    expect(successOf(answer)).toStrictEqual({ sig: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(client.verify(wallet.client_key, HASH, successOf<{ sig: string }>(answer).sig)).toBe(true);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it("signs when it is named by the server share's key, which clients mix up with the user's", async () => {
    const { key } = await splitWallet(newOwner());
    const byServerKey = { ...heldKey(key), userPublicKey: key.peer_public_key };
    expect((await signMessage(anybody(), byServerKey, HASH)).text).toBe(
      (await signMessage(anybody(), heldKey(key), HASH)).text,
    );
  });

  it('takes capital digits everywhere', async () => {
    const { key } = await splitWallet(newOwner());
    const upper = {
      ...heldKey(key),
      clientId: key.client_id.toUpperCase(),
      userPublicKey: key.public_key.toUpperCase(),
    };
    const partial = client.sign(key.private_key, HASH).toUpperCase();
    const { sig } = successOf<{ sig: string }>(await sendMessage(anybody(), upper, HASH.toUpperCase(), partial));
    expect(sig).toBe(sig.toLowerCase());
  });

  it('signs for the bearer of any valid token too, and records who it was', async () => {
    const { key } = await splitWallet(newOwner());
    const borrower = freshUser(server, 'bob').id;
    successOf(await signMessage(zauthOf(server, borrower, dialect), heldKey(key), HASH));
    expect((await server.audit()).at(-1)).toMatchObject({
      action: 'sign-message',
      outcome: 'approved',
      actorId: borrower,
      clientId: key.client_id,
      publicKey: key.public_key,
      signedHash: HASH,
    });
  });

  it('refuses a token that is present but not valid', async () => {
    const { key } = await splitWallet(newOwner());
    const expired = mintTestToken(server.tokenSecret, 'bob', server.clock, -10);
    for (const headers of [
      { 'X-Jwt-Token': 'rubbish' },
      { 'X-Jwt-Token': expired },
      { Authorization: `Bearer ${expired}` },
      { Authorization: 'Basic YTpi' },
      { 'X-Jwt-Token': server.token('bob'), Authorization: `Bearer ${server.token('carol')}` },
    ]) {
      const answer = await signMessage(anybody().with(headers), heldKey(key), HASH);
      expect(answer.status).toBe(401);
      expect(answer.text).not.toMatch(/[0-9a-f]{64}/);
    }
  });

  it('refuses an unknown split key', async () => {
    const { key } = await splitWallet(newOwner());
    const stranger = await foreignSplitKey();
    expectRefusal(dialect, await signMessage(anybody(), stranger, HASH), 'SPLIT_KEY.UNKNOWN', unknown);
    const otherKey = { ...heldKey(key), userPublicKey: stranger.userPublicKey };
    expectRefusal(dialect, await signMessage(anybody(), otherKey, HASH), 'SPLIT_KEY.UNKNOWN', unknown);
    const clientKey = { ...heldKey(key), userPublicKey: key.client_key };
    expectRefusal(dialect, await signMessage(anybody(), clientKey, HASH), 'SPLIT_KEY.UNKNOWN', unknown);
  });

  it('takes a client id that is not of this key for unknown', async () => {
    const { key } = await splitWallet(newOwner());
    const { key: other } = await splitWallet(newOwner());
    const mixed = { ...heldKey(key), clientId: other.client_id };
    expectRefusal(dialect, await signMessage(anybody(), mixed, HASH), 'SPLIT_KEY.UNKNOWN', unknown);
  });

  it('refuses a key that was deleted', async () => {
    const owner = freshUser(server, 'alice').documented;
    const { wallet, key } = await splitWallet(owner);
    successOf(await owner.post(`/delete/${wallet.client_id}`));
    expectRefusal(dialect, await signMessage(anybody(), heldKey(key), HASH), 'SPLIT_KEY.UNKNOWN', unknown);
  });

  it('refuses a key that was revoked, and records it', async () => {
    const owner = freshUser(server, 'alice').documented;
    const { wallet, key } = await splitWallet(owner);
    successOf(await owner.post(`/revoke/${wallet.client_id}`, { public_key: key.public_key }));
    expectRefusal(dialect, await signMessage(anybody(), heldKey(key), HASH), 'SPLIT_KEY.REVOKED');
    expect((await server.audit()).at(-1)).toMatchObject({
      action: 'sign-message',
      outcome: 'denied',
      code: 'SPLIT_KEY.REVOKED',
      actorId: null,
      publicKey: key.public_key,
      signedHash: HASH,
    });
  });

  it('signs until the second before the key expires and not from that second on', async () => {
    const expires = server.clock.nowSeconds() + 5;
    const { key } = await splitWallet(newOwner(), { expires_at: expires });
    const other = await foreignSplitKey();
    successOf(await setUp(zauthOf(server, freshUser(server, 'alice').id), other, { expired_at: expires }));
    server.clock.advanceSeconds(4);
    for (const held of [heldKey(key), other]) successOf(await signMessage(anybody(), held, HASH));
    server.clock.advanceSeconds(1);
    for (const held of [heldKey(key), other]) {
      expectRefusal(dialect, await signMessage(anybody(), held, HASH), 'SPLIT_KEY.EXPIRED');
    }
  });

  it('refuses messages of a key whose list does not hold message_signing', async () => {
    for (const restrictions of [[], ['token_transfers'], ['storage_rewards', 'data_storage']]) {
      const { key } = await splitWallet(newOwner(), { restrictions });
      const words = "the split key's restrictions do not allow this: messages-not-allowed";
      expectRefusalThatSays(dialect, await signMessage(anybody(), heldKey(key), HASH), 'SIGNING.NOT_ALLOWED', words);
    }
    const { key } = await splitWallet(newOwner(), { restrictions: ['message_signing'] });
    successOf(await signMessage(anybody(), heldKey(key), HASH));
  });

  it('refuses 32 bytes of a key whose list holds data_signing alone, and signs every other length', async () => {
    const { key } = await splitWallet(newOwner(), { restrictions: ['data_signing'] });
    const words = "the split key's restrictions do not allow this: messages-not-allowed";
    expectRefusalThatSays(dialect, await signMessage(anybody(), heldKey(key), HASH), 'SIGNING.NOT_ALLOWED', words);
    for (const bytes of [1, 31, 33, 1024]) successOf(await signMessage(anybody(), heldKey(key), 'ab'.repeat(bytes)));
  });

  it('refuses what is not 32 bytes of a key whose list holds neither group, and records all of it', async () => {
    for (const restrictions of [[], ['token_transfers'], ['data_storage']]) {
      const { key } = await splitWallet(newOwner(), { restrictions });
      const words = "the split key's restrictions do not allow this: data-signing-not-allowed";
      const message = 'ab'.repeat(16);
      expectRefusalThatSays(dialect, await signMessage(anybody(), heldKey(key), message), 'SIGNING.NOT_ALLOWED', words);
      expect((await server.audit()).at(-1)).toMatchObject({ outcome: 'denied', signedHash: message });
    }
  });

  it('tells the refusal of data to nobody whose partial does not verify', async () => {
    const { key } = await splitWallet(newOwner(), { restrictions: [] });
    const answer = await sendMessage(anybody(), heldKey(key), 'ab', client.sign(key.private_key, 'cd'));
    expectRefusal(dialect, answer, 'SIGNING.PARTIAL_INVALID');
  });

  it('refuses a call without the header that names the key, in the same words whatever the body', async () => {
    const { key } = await splitWallet(newOwner());
    const body = { hash: HASH, signature: client.sign(key.private_key, HASH), client_id: key.client_id };
    for (const headers of [{}, { 'X-Peer-Public-Key': '' }]) {
      expectRefusal(dialect, await anybody().with(headers).post('/sign/msg', body), 'REQUEST.MISSING_HEADER');
      expectRefusal(dialect, await anybody().with(headers).post('/sign/msg', '{'), 'REQUEST.MISSING_HEADER');
    }
  });

  it('leaves no trace of strangers in the record', async () => {
    const { key } = await splitWallet(newOwner());
    const before = (await server.audit()).length;
    await sendMessage(anybody(), heldKey(key), HASH, client.sign(key.private_key, sha3('another message')));
    await signMessage(anybody(), await foreignSplitKey(), HASH);
    await sendMessage(anybody(), heldKey(key), HASH, 'rubbish');
    expect(await server.audit()).toHaveLength(before);
  });
});

describe('POST /sign/msg', () => {
  it('signs messages silently with a list set through the SDK dialect', async () => {
    const user = freshUser(server, 'alice');
    const { wallet, key } = await splitWallet(user.documented, { restrictions: ['token_transfers'] });
    expect((await signMessage(user.documented, heldKey(key), HASH)).status).toBe(400);
    const named = user.sdk.with({ 'X-Peer-Public-Key': key.public_key });
    successOf(await named.put(`/restrictions/${wallet.client_id}`, { restrictions: ['token_transfers'] }));
    successOf(await signMessage(user.documented, heldKey(key), HASH));
  });

  it('says in both dialects the same of a wrong token', async () => {
    const { key } = await splitWallet(newOwner());
    const said = [];
    for (const dialect of ZAUTH_DIALECTS) {
      const withRubbish = zauthWithoutToken(server, dialect).with({ 'X-Jwt-Token': 'rubbish' });
      const answer = await signMessage(withRubbish, heldKey(key), HASH);
      said.push(dialect.dialect === 'sdk' ? plainLineOf(answer, 401) : problemOf(answer, 401).detail);
    }
    expect(said[0]).toBe(said[1]);
  });
});
