import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../../support/api-client.js';
import { freshUser } from '../../support/dialects.js';
import { heldKey, sendTransaction, signMessage, signTransaction } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import {
  bodyOf,
  contractCall,
  FAUCET_CONTRACT,
  hashOf,
  STORAGE_CONTRACT,
  transfer,
} from '../../support/transactions.js';
import type { TestTransaction } from '../../support/transactions.js';
import { sha3, walletClient } from '../../support/wallet-client.js';
import type { WireSplitKey, WireWallet } from '../../support/wire-types.js';
import {
  DOCUMENTED,
  expectRefusal,
  expectRefusalThatSays,
  ZAUTH_DIALECTS,
  zauthOf,
  zauthWithoutToken,
} from '../../support/zauth-dialects.js';
import { ATTACKS } from './restriction-attacks.js';

let server: TestServer;
let wallet: WireWallet;
const keys = new Map<string, WireSplitKey>();

beforeAll(async () => {
  server = await startTestServer();
  const owner = server.as('alice');
  ({ wallet } = await splitWallet(owner));
  for (const { list: restrictions } of ATTACKS) {
    const made = await owner.post(`/key/${wallet.client_id}`, { restrictions });
    keys.set(restrictions.join(), successOf<WireSplitKey>(made, 201));
  }
});
afterAll(() => server.stop());

function keyWith(...list: readonly string[]): WireSplitKey {
  const key = keys.get(list.join());
  if (key === undefined) throw new Error('no split key with this list');
  return key;
}

const NOT_ALLOWED = "the split key's restrictions do not allow this: ";

describe('a split key with a list', () => {
  it.each(ATTACKS)('does not sign $what ($reason)', async ({ list, reason, of }) => {
    for (const dialect of ZAUTH_DIALECTS) {
      const answer = await signTransaction(zauthWithoutToken(server, dialect), heldKey(keyWith(...list)), of(wallet));
      expectRefusalThatSays(dialect, answer, 'SIGNING.NOT_ALLOWED', NOT_ALLOWED + reason);
    }
  });

  it('does sign what the list allows', async () => {
    const allowed: readonly (readonly [string, TestTransaction])[] = [
      ['token_transfers', transfer(wallet)],
      ['token_transfers', { ...transfer(wallet), transaction_data: '{"note":"rent"}' }],
      ['token_transfers', contractCall(wallet, FAUCET_CONTRACT, 'pour')],
      ['storage_rewards', contractCall(wallet, STORAGE_CONTRACT, 'collect_reward')],
      ['data_storage', { ...transfer(wallet, '0'), transaction_type: '10', transaction_data: 'anything' }],
    ];
    for (const [list, transaction] of allowed) {
      successOf(await signTransaction(server.anonymous(), heldKey(keyWith(list)), transaction));
    }
  });

  it('does not sign the hash of another transaction under the fields of an allowed one', async () => {
    const key = heldKey(keyWith('token_transfers'));
    const shown = transfer(wallet);
    const meant: readonly TestTransaction[] = [
      { ...shown, transaction_value: '99999999999999' },
      { ...shown, transaction_nonce: '2' },
      { ...shown, creation_date: '1704676948' },
      { ...shown, to_client_id: STORAGE_CONTRACT },
      { ...shown, transaction_data: '{"name":"kill_blobber","input":{}}' },
      { ...shown, client_id: sha3('another wallet') },
    ];
    for (const dialect of ZAUTH_DIALECTS) {
      for (const transaction of meant) {
        const answer = await signTransaction(zauthWithoutToken(server, dialect), key, shown, hashOf(transaction));
        expectRefusal(dialect, answer, 'TRANSACTION.HASH_MISMATCH');
      }
    }
  });

  it('does not sign a transaction as a message, in whichever dialect, with a token or without', async () => {
    const key = heldKey(keyWith('token_transfers'));
    const hash = hashOf(contractCall(wallet, STORAGE_CONTRACT, 'kill_blobber'));
    for (const dialect of ZAUTH_DIALECTS) {
      for (const caller of [zauthWithoutToken(server, dialect), zauthOf(server, 'alice', dialect)]) {
        const words = `${NOT_ALLOWED}messages-not-allowed`;
        expectRefusalThatSays(dialect, await signMessage(caller, key, hash), 'SIGNING.NOT_ALLOWED', words);
      }
    }
  });

  it('with message_signing signs the hash of any transaction: what the documentation warns of', async () => {
    const owner = freshUser(server, 'alice').documented;
    const { wallet: own, key } = await splitWallet(owner, { restrictions: ['message_signing'] });
    const kill = contractCall(own, STORAGE_CONTRACT, 'kill_blobber');
    expect(problemOf(await signTransaction(server.anonymous(), heldKey(key), kill)).code).toBe('SIGNING.NOT_ALLOWED');
    const { sig } = successOf<{ sig: string }>(await signMessage(server.anonymous(), heldKey(key), hashOf(kill)));
    expect((await walletClient()).verify(own.client_key, hashOf(kill), sig)).toBe(true);
  });

  it('reads only the exact field names, as the hash covers them, and takes no hint from others', async () => {
    const key = heldKey(keyWith('token_transfers'));
    const kill = contractCall(wallet, STORAGE_CONTRACT, 'kill_blobber');
    const partial = (await walletClient()).sign(key.userShare, hashOf(kill));
    const disguise = `"To_Client_Id":"${FAUCET_CONTRACT}","transaction_Data":"{\\"name\\":\\"pour\\",\\"input\\":{}}",`;
    for (const body of [
      bodyOf(kill, partial).replace('{', `{${disguise}`),
      bodyOf(kill, partial).replace(/}$/, `,${disguise.slice(0, -1)}}`),
    ]) {
      const answer = await sendTransaction(server.anonymous(), key, body);
      expectRefusalThatSays(DOCUMENTED, answer, 'SIGNING.NOT_ALLOWED', `${NOT_ALLOWED}outside-restrictions`);
    }
  });

  it('records every refusal with the hash that was not signed', async () => {
    const key = keyWith('token_transfers');
    const kill = contractCall(wallet, STORAGE_CONTRACT, 'kill_blobber', '77');
    await signTransaction(server.anonymous(), heldKey(key), kill);
    expect((await server.audit()).at(-1)).toMatchObject({
      action: 'sign-transaction',
      outcome: 'denied',
      code: 'SIGNING.NOT_ALLOWED',
      publicKey: key.public_key,
      signedHash: hashOf(kill),
      txnVerification: 'strict',
    });
  });
});

describe('SDK_RESTRICTED_MESSAGES=deny', () => {
  it('gives lists of the SDK dialect no messages, and keys without a list all of them', async () => {
    const strict = await startTestServer({ SDK_RESTRICTED_MESSAGES: 'deny' });
    try {
      const { wallet: own, key } = await splitWallet(strict.as('alice'));
      const sdk = strict.as('alice', `${strict.url}/zauth`).with({ 'X-Peer-Public-Key': key.public_key });
      successOf(await signMessage(sdk, heldKey(key), sha3('a message')));
      successOf(await sdk.put(`/restrictions/${own.client_id}`, { restrictions: ['token_transfers'] }));
      expect((await signMessage(sdk, heldKey(key), sha3('a message'))).status).toBe(400);
      successOf(await signTransaction(sdk, heldKey(key), transfer(own)));
    } finally {
      await strict.stop();
    }
  });
});
