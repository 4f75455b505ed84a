import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import { freshUser } from '../../support/dialects.js';
import { heldKey, sendTransaction } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { sha3, walletClient } from '../../support/wallet-client.js';
import type { WalletClient } from '../../support/wallet-client.js';
import type { WireSplitKey } from '../../support/wire-types.js';
import {
  expectRefusal,
  expectRefusalThatSays,
  expectRefusedField,
  ZAUTH_DIALECTS,
  zauthWithoutToken,
} from '../../support/zauth-dialects.js';

const HASH = sha3('whatever the client says');

let server: TestServer;
let client: WalletClient;
beforeAll(async () => {
  server = await startTestServer({ TXN_VERIFICATION: 'trust-hash' });
  client = await walletClient();
});
afterAll(() => server.stop());

/** A split key with this list, or without one. */
async function keyWith(...restrictions: readonly string[]): Promise<WireSplitKey> {
  const terms = { restrictions: restrictions.length === 0 ? null : [...restrictions] };
  return (await splitWallet(freshUser(server, 'alice').documented, terms)).key;
}

/** What upstream's suite sends: four fields that are read, and others that may be anything. */
function upstreamBody(key: WireSplitKey, name: string, changed: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    hash: HASH,
    version: '',
    client_id: key.client_id,
    to_client_id: '',
    transaction_data: JSON.stringify({ name, input: null }),
    transaction_value: 0,
    signature: client.sign(key.private_key, HASH),
    transaction_type: 0,
    transaction_fee: 0,
    transaction_nonce: 0,
    txn_output_hash: '',
    transaction_status: 0,
    ...changed,
  });
}

describe.each(ZAUTH_DIALECTS)('TXN_VERIFICATION=trust-hash in the $dialect dialect', (dialect) => {
  const anybody = () => zauthWithoutToken(server, dialect);

  it('signs the hash that the client says', async () => {
    const key = await keyWith('allocation_storage_operations');
    const answer = await sendTransaction(anybody(), heldKey(key), upstreamBody(key, 'cancel_allocation'));
    expect(client.verify(key.client_key, HASH, successOf<string>(answer))).toBe(true);
  });

  it('looks the group up by the name alone, at whatever contract', async () => {
    const key = await keyWith('storage_rewards');
    const elsewhere = { to_client_id: 'f'.repeat(64), transaction_type: 1000 };
    successOf(await sendTransaction(anybody(), heldKey(key), upstreamBody(key, 'collect_reward', elsewhere)));
  });

  it('takes anything for the fields that it does not read', async () => {
    const key = await keyWith('token_transfers');
    const anything = {
      to_client_id: 7,
      transaction_value: '1e3',
      transaction_nonce: -1,
      creation_date: null,
      transaction_type: [],
    };
    successOf(await sendTransaction(anybody(), heldKey(key), upstreamBody(key, 'transfer', anything)));
  });

  it('still refuses a name outside the list, and data that could mean two', async () => {
    const key = await keyWith('allocation_storage_operations');
    const words = "the split key's restrictions do not allow this: ";
    const outside = await sendTransaction(anybody(), heldKey(key), upstreamBody(key, 'kill_blobber'));
    expectRefusalThatSays(dialect, outside, 'SIGNING.NOT_ALLOWED', `${words}outside-restrictions`);
    const twofold = { transaction_data: '{"name":"cancel_allocation","Name":"kill_blobber","input":null}' };
    const ambiguous = await sendTransaction(anybody(), heldKey(key), upstreamBody(key, '', twofold));
    expectRefusalThatSays(dialect, ambiguous, 'SIGNING.NOT_ALLOWED', `${words}ambiguous-data`);
  });

  it('still wants a partial signature that verifies', async () => {
    const key = await keyWith();
    const wrong = { signature: client.sign(key.private_key, sha3('another')) };
    const answer = await sendTransaction(anybody(), heldKey(key), upstreamBody(key, 'transfer', wrong));
    expectRefusal(dialect, answer, 'SIGNING.PARTIAL_INVALID');
  });

  it.each(['hash', 'client_id', 'signature', 'transaction_data'])('still refuses a malformed %s', async (field) => {
    const key = await keyWith();
    for (const value of [undefined, null, 1]) {
      const answer = await sendTransaction(anybody(), heldKey(key), upstreamBody(key, 'transfer', { [field]: value }));
      expectRefusedField(dialect, answer, field);
    }
  });

  it('still refuses a transaction as a message of a key whose list has no message_signing', async () => {
    const key = await keyWith('token_transfers');
    const body = { hash: HASH, signature: client.sign(key.private_key, HASH), client_id: key.client_id };
    const answer = await anybody().with({ 'X-Peer-Public-Key': key.public_key }).post('/sign/msg', body);
    expectRefusalThatSays(dialect, answer, 'SIGNING.NOT_ALLOWED', "the split key's restrictions");
  });
});

describe('TXN_VERIFICATION=trust-hash', () => {
  it('is warned of in /health/ready', async () => {
    const ready = successOf<{ status: string; warnings: string[] }>(await server.anonymous().get('/health/ready'));
    expect(ready.status).toBe('ready');
    expect(ready.warnings).toEqual([expect.stringContaining('TXN_VERIFICATION=trust-hash')]);
  });

  it('is warned of in every entry of the record', async () => {
    const key = await keyWith('token_transfers');
    await sendTransaction(server.anonymous(), heldKey(key), upstreamBody(key, 'transfer'));
    await sendTransaction(server.anonymous(), heldKey(key), upstreamBody(key, 'mint'));
    const entries = await server.audit();
    expect(new Set(entries.map(({ action }) => action)).size).toBeGreaterThan(2);
    expect(new Set(entries.map(({ txnVerification }) => txnVerification))).toEqual(new Set(['trust-hash']));
  });
});
