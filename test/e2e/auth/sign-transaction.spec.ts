import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import { freshUser } from '../../support/dialects.js';
import { foreignSplitKey } from '../../support/foreign-split-key.js';
import { CONTENT_TYPES_OF_JSON } from '../../support/malformed.js';
import { heldKey, sendTransaction, signTransaction } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { bodyOf, contractCall, hashOf, STORAGE_CONTRACT, transfer } from '../../support/transactions.js';
import { walletClient } from '../../support/wallet-client.js';
import type { WalletClient } from '../../support/wallet-client.js';
import {
  expectRefusal,
  expectRefusalThatSays,
  ZAUTH_DIALECTS,
  zauthOf,
  zauthWithoutToken,
} from '../../support/zauth-dialects.js';

let server: TestServer;
let client: WalletClient;
beforeAll(async () => {
  server = await startTestServer();
  client = await walletClient();
});
afterAll(() => server.stop());

const newOwner = () => freshUser(server, 'alice').documented;

/** Numbers at the very ends of their types, none of which a double can hold. (Of dates: creation-date.spec.ts.) */
const LARGEST = {
  transaction_value: '18446744073709551615',
  transaction_fee: '9007199254740993',
  transaction_nonce: '9223372036854775807',
};

describe.each(ZAUTH_DIALECTS)('POST /sign/txn in the $dialect dialect', (dialect) => {
  const anybody = () => zauthWithoutToken(server, dialect);
  const unknown = dialect.unknownSplitKey;

  it('answers without a token with a JSON string: the combined signature', async () => {
    const { wallet, key } = await splitWallet(newOwner());
    const pay = transfer(wallet);
    const answer = await signTransaction(anybody(), heldKey(key), pay);
    expect(answer.text).toMatch(/^"[0-9a-f]{64}"$/);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(client.verify(wallet.client_key, hashOf(pay), successOf<string>(answer))).toBe(true);
  });

  it('answers with the whole transaction when asked to, every digit kept and the signature replaced', async () => {
    const { wallet, key } = await splitWallet(newOwner());
    const pay = { ...transfer(wallet), ...LARGEST };
    const combined = successOf<string>(await signTransaction(anybody(), heldKey(key), pay));
    const partial = client.sign(key.private_key, hashOf(pay));
    const extra = '"chain_id":"0afc","a_field_of_tomorrow":{"n":1.10e+2,"big":123456789012345678901234567890},';
    const sent = bodyOf(pay, partial).replace('{', `{${extra}`);
    const answer = await sendTransaction(anybody(), heldKey(key), sent, '/sign/txn?reply=transaction');
    expect(answer.text).toBe(sent.replace(partial, combined));
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it.each(['/sign/txn?reply=', '/sign/txn?reply=hash', '/sign/txn?reply=transaction&reply=transaction'])(
    'answers %s with the signature alone',
    async (path) => {
      const { wallet, key } = await splitWallet(newOwner());
      const pay = transfer(wallet);
      const body = bodyOf(pay, client.sign(key.private_key, hashOf(pay)));
      expect((await sendTransaction(anybody(), heldKey(key), body, path)).text).toMatch(/^"[0-9a-f]{64}"$/);
    },
  );

  it('signs amounts of which neither digit nor hash survives a double', async () => {
    const { wallet, key } = await splitWallet(newOwner());
    const pay = { ...transfer(wallet), ...LARGEST };
    const combined = successOf<string>(await signTransaction(anybody(), heldKey(key), pay));
    expect(client.verify(wallet.client_key, hashOf(pay), combined)).toBe(true);
  });

  it("signs when it is named by the server share's key", async () => {
    const { wallet, key } = await splitWallet(newOwner());
    const byServerKey = { ...heldKey(key), userPublicKey: key.peer_public_key };
    successOf(await signTransaction(anybody(), byServerKey, transfer(wallet)));
  });

  it('signs what the list allows and refuses what it does not, and records both', async () => {
    const { wallet, key } = await splitWallet(newOwner(), { restrictions: ['storage_rewards'] });
    const collect = contractCall(wallet, STORAGE_CONTRACT, 'collect_reward');
    successOf(await signTransaction(zauthOf(server, 'bob', dialect), heldKey(key), collect));
    const words = "the split key's restrictions do not allow this: outside-restrictions";
    const refused = await signTransaction(anybody(), heldKey(key), transfer(wallet));
    expectRefusalThatSays(dialect, refused, 'SIGNING.NOT_ALLOWED', words);
    const subject = { action: 'sign-transaction', clientId: wallet.client_id, publicKey: key.public_key };
    expect((await server.audit()).slice(-2)).toMatchObject([
      { ...subject, outcome: 'approved', actorId: 'bob', signedHash: hashOf(collect), txnVerification: 'strict' },
      {
        ...subject,
        outcome: 'denied',
        actorId: null,
        signedHash: hashOf(transfer(wallet)),
        code: 'SIGNING.NOT_ALLOWED',
      },
    ]);
  });

  it('refuses a hash that is not the hash of the transaction, with a list or without', async () => {
    const { wallet, key } = await splitWallet(newOwner());
    const { wallet: limited, key: limitedKey } = await splitWallet(newOwner(), { restrictions: ['token_transfers'] });
    for (const [owned, held] of [
      [wallet, key],
      [limited, limitedKey],
    ] as const) {
      const answer = await signTransaction(anybody(), heldKey(held), transfer(owned), hashOf(transfer(owned, '1')));
      expectRefusal(dialect, answer, 'TRANSACTION.HASH_MISMATCH');
    }
  });

  it('refuses unknown, deleted and mismatched keys alike', async () => {
    const owner = freshUser(server, 'alice').documented;
    const { wallet, key } = await splitWallet(owner);
    const { wallet: other, key: otherKey } = await splitWallet(owner);
    const stranger = await foreignSplitKey();
    const strangers = transfer({ client_id: stranger.clientId, client_key: stranger.clientKey });
    expectRefusal(dialect, await signTransaction(anybody(), stranger, strangers), 'SPLIT_KEY.UNKNOWN', unknown);
    const mixed = await signTransaction(anybody(), heldKey(key), transfer(other));
    expectRefusal(dialect, mixed, 'SPLIT_KEY.UNKNOWN', unknown);
    successOf(await owner.post(`/delete/${other.client_id}`));
    const deleted = await signTransaction(anybody(), heldKey(otherKey), transfer(other));
    expectRefusal(dialect, deleted, 'SPLIT_KEY.UNKNOWN', unknown);
    successOf(await signTransaction(anybody(), heldKey(key), transfer(wallet)));
  });

  it('refuses a revoked key and an expired one', async () => {
    const owner = freshUser(server, 'alice').documented;
    const { wallet, key } = await splitWallet(owner);
    successOf(await owner.post(`/revoke/${wallet.client_id}`, { public_key: key.public_key }));
    expectRefusal(dialect, await signTransaction(anybody(), heldKey(key), transfer(wallet)), 'SPLIT_KEY.REVOKED');
    const expiring = await splitWallet(owner, { expires_at: server.clock.nowSeconds() + 1 });
    server.clock.advanceSeconds(1);
    const answer = await signTransaction(anybody(), heldKey(expiring.key), transfer(expiring.wallet));
    expectRefusal(dialect, answer, 'SPLIT_KEY.EXPIRED');
  });

  it('refuses a token that is present but not valid, and a call that names no key', async () => {
    const { wallet, key } = await splitWallet(newOwner());
    const withRubbish = anybody().with({ 'X-Jwt-Token': 'rubbish' });
    expect((await signTransaction(withRubbish, heldKey(key), transfer(wallet))).status).toBe(401);
    expectRefusal(dialect, await anybody().post('/sign/txn', bodyOf(transfer(wallet), '')), 'REQUEST.MISSING_HEADER');
  });

  it.each(CONTENT_TYPES_OF_JSON)('reads JSON sent as $what', async ({ headers }) => {
    const { wallet, key } = await splitWallet(newOwner());
    successOf(await signTransaction(anybody().with(headers), heldKey(key), transfer(wallet)));
  });
});

describe('POST /sign/txn', () => {
  it('signs what wallets leave out: the creation date, the fee and what is not signed', async () => {
    const { wallet, key } = await splitWallet(newOwner());
    const data = { ...transfer(wallet), creation_date: '0' };
    const hash = hashOf(data);
    const body = {
      hash,
      client_id: wallet.client_id,
      to_client_id: data.to_client_id,
      transaction_data: data.transaction_data,
      transaction_value: 10_000_000_000,
      transaction_type: 0,
      transaction_nonce: 1,
      signature: client.sign(key.private_key, hash),
    };
    successOf(await sendTransaction(server.anonymous(), heldKey(key), JSON.stringify(body)));
  });
});
