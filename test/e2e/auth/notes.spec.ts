import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import { FIELD_TRANSFER_DATA } from '../../support/field-signing.js';
import { heldKey, signTransaction } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { FAUCET_CONTRACT, hashOf, transfer } from '../../support/transactions.js';
import type { TestTransaction } from '../../support/transactions.js';
import { walletClient } from '../../support/wallet-client.js';
import type { WireSplitKey, WireWallet } from '../../support/wire-types.js';
import { expectRefusalThatSays, ZAUTH_DIALECTS, zauthWithoutToken } from '../../support/zauth-dialects.js';

const BURN = '{"name":"burn","input":{}}';
/** What hides an object from whoever skips only JSON's own white space. */
const HIDDEN = ['\ufeff', '\0', '\v', '\f', '\u00a0', '\u2028', '\u200b', ' \ufeff\n', '\u0085'].flatMap((before) => [
  `${before}${BURN}`,
  `${before}null`,
  `${before}{"note":"rent"}`,
]);

let server: TestServer;
let wallet: WireWallet;
let key: WireSplitKey;
beforeAll(async () => {
  server = await startTestServer();
  ({ wallet, key } = await splitWallet(server.as('alice'), { restrictions: ['token_transfers'] }));
});
afterAll(() => server.stop());

const transferOf = (data: string): TestTransaction => ({ ...transfer(wallet), transaction_data: data });

describe.each(ZAUTH_DIALECTS)(
  'POST /sign/txn of a transfer in the $dialect dialect, by a key with a list',
  (dialect) => {
    const sign = (transaction: TestTransaction, held = key) =>
      signTransaction(zauthWithoutToken(server, dialect), heldKey(held), transaction);
    const notAllowed = (reason: string) => `the split key's restrictions do not allow this: ${reason}`;

    it.each(FIELD_TRANSFER_DATA.signed)('signs the data %j', async (data) => {
      const signature = successOf<string>(await sign(transferOf(data)));
      expect((await walletClient()).verify(wallet.client_key, hashOf(transferOf(data)), signature)).toBe(true);
    });

    it.each([...FIELD_TRANSFER_DATA.refused, ...HIDDEN])('refuses the data %j', async (data) => {
      const words = notAllowed('transfer-with-call');
      expectRefusalThatSays(dialect, await sign(transferOf(data)), 'SIGNING.NOT_ALLOWED', words);
    });

    it.each(['', 'invoice 42'])('goes to no contract with the note %j', async (data) => {
      const toContract = { ...transferOf(data), to_client_id: FAUCET_CONTRACT };
      const words = notAllowed('transfer-to-contract');
      expectRefusalThatSays(dialect, await sign(toContract), 'SIGNING.NOT_ALLOWED', words);
    });

    it.each(['', 'invoice 42'])('needs the group of transfers with the note %j too, and is no call', async (data) => {
      const { wallet: own, key: other } = await splitWallet(server.as('alice'), { restrictions: ['storage_rewards'] });
      const note = { ...transfer(own), transaction_data: data };
      const words = notAllowed('outside-restrictions');
      expectRefusalThatSays(dialect, await sign(note, other), 'SIGNING.NOT_ALLOWED', words);
      const call = { ...transferOf(data), to_client_id: FAUCET_CONTRACT, transaction_type: '1000' };
      expectRefusalThatSays(dialect, await sign(call), 'SIGNING.NOT_ALLOWED', notAllowed('ambiguous-data'));
    });
  },
);
