import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../../support/api-client.js';
import type { ApiClient } from '../../support/api-client.js';
import { heldKey, signMessage } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { sha3 } from '../../support/wallet-client.js';
import type { WireSplitKey } from '../../support/wire-types.js';
import { linesOf, readAll } from './read-entries.js';

/** The clock of the test stands still, so all of this is in one second. */
let server: TestServer;
let users = 0;
let [owner, borrower, other] = ['', '', ''];
let key: WireSplitKey;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  users += 1;
  [owner, borrower, other] = [`owner-${users}`, `borrower-${users}`, `other-${users}`];
  ({ key } = await splitWallet(server.as(owner)));
});

const lend = async (to: string, more: object = {}): Promise<void> => {
  successOf(await server.as(owner).post('/share', { public_key: key.public_key, target_user_id: to, ...more }));
};
const sign = async (text: string, with_: WireSplitKey = key): Promise<number> =>
  (await signMessage(server.anonymous(), heldKey(with_), sha3(text))).status;
const naming = (client: ApiClient): ApiClient => client.with({ 'X-Peer-Public-Key': key.public_key });
const lines = (user: string): Promise<string[]> => linesOf(server.as(user), key.client_id);
const expectUnknown = async (user: string): Promise<void> => {
  const answer = await server.as(user).get(`/audit?client_id=${key.client_id}`);
  expect(problemOf(answer)).toMatchObject({ code: 'WALLET.UNKNOWN', detail: 'unknown wallet' });
};

describe('who borrows a split key', () => {
  it('reads of it from the entry on that lends it, and nothing that came before in the same second', async () => {
    await sign('before');
    await expectUnknown(borrower);
    await lend(borrower);
    expect(await lines(borrower)).toEqual([`share-key approved ${owner}`]);
    await sign('behind');
    expect(await lines(borrower)).toEqual(['sign-message approved -', `share-key approved ${owner}`]);
    const [signed] = await readAll(server.as(borrower), key.client_id);
    expect(signed?.signed_hash).toBe(sha3('behind'));
  });

  it('reads nothing of the wallet, of its other split keys, or of who else tried', async () => {
    await lend(borrower);
    const second = successOf<WireSplitKey>(await server.as(owner).post(`/key/${key.client_id}`), 201);
    await sign('of the other key', second);
    successOf(await server.as(owner).get(`/keys/${key.client_id}`));
    successOf(await server.as(owner).get(`/audit?client_id=${key.client_id}`));
    problemOf(await naming(server.as(other)).get(`/key/${key.client_id}`));
    expect(await lines(borrower)).toEqual([`share-key approved ${owner}`]);
    expect(await lines(owner)).toContain(`read-key denied ${other}`);
  });

  it('reads what the owner and they themselves did with it', async () => {
    await lend(borrower);
    successOf(
      await naming(server.as(owner)).put(`/restrictions/${key.client_id}`, { restrictions: ['message_signing'] }),
    );
    successOf(await naming(server.as(borrower)).get(`/policy/${key.client_id}`));
    expect(await lines(borrower)).toEqual([
      `read-policy approved ${borrower}`,
      `restrict-key approved ${owner}`,
      `share-key approved ${owner}`,
    ]);
  });

  it('reads as much after it was shared with them again, which changes nothing', async () => {
    await lend(borrower);
    await sign('between');
    await lend(borrower);
    expect(await lines(borrower)).toEqual([
      `share-key approved ${owner}`,
      'sign-message approved -',
      `share-key approved ${owner}`,
    ]);
  });

  it('reads that it was revoked', async () => {
    await lend(borrower);
    successOf(await server.as(owner).post(`/revoke/${key.client_id}`, { public_key: key.public_key }));
    expect(await sign('too late')).toBe(400);
    expect(await lines(borrower)).toEqual([
      'sign-message denied -',
      `revoke-key approved ${owner}`,
      `share-key approved ${owner}`,
    ]);
  });

  it('reads nothing more when it is lent to somebody else, who reads only what came then', async () => {
    await lend(borrower);
    await sign('for the first');
    await lend(other, { replace: true });
    await expectUnknown(borrower);
    // The entry that lends it to them would tell who had it before.
    expect(await lines(other)).toEqual([]);
    await sign('for the second');
    expect(await lines(other)).toEqual(['sign-message approved -']);
  });

  it('reads from the last loan on when it comes back', async () => {
    await lend(borrower);
    await sign('for the first');
    await lend(other, { replace: true });
    await sign('for the second');
    await lend(borrower, { replace: true });
    await sign('for the first again');
    expect((await readAll(server.as(borrower), key.client_id)).map(({ signed_hash: hash }) => hash)).toEqual([
      sha3('for the first again'),
    ]);
  });

  it('reads nothing more when they have declined it, or the wallet is deleted', async () => {
    await lend(borrower);
    successOf(await naming(server.as(borrower)).post('/share/decline', { client_id: key.client_id }));
    await expectUnknown(borrower);
    expect(await lines(owner)).toContain(`decline-share approved ${borrower}`);
    await lend(other, { replace: true });
    successOf(await server.as(owner).post(`/delete/${key.client_id}`));
    await expectUnknown(other);
  });

  it('reads nothing of a split key of which the record does not say when it was lent', async () => {
    await server
      .dataSource()
      .query(`UPDATE vault_split_keys SET shared_to = ?, shared_at = ? WHERE user_public_key = ?`, [
        borrower,
        server.clock.nowSeconds(),
        key.public_key,
      ]);
    await sign('behind');
    expect(await lines(borrower)).toEqual([]);
  });

  it('is told of a loan by its owner alone: what others tried to share is no loan', async () => {
    await lend(borrower);
    await sign('behind');
    const asked = { public_key: key.public_key, target_user_id: borrower };
    problemOf(await naming(server.as(other)).post('/share', asked));
    problemOf(await naming(server.as(owner)).post('/share', { ...asked, target_user_id: owner }));
    expect(await lines(borrower)).toEqual([
      // A refusal names the split key by the header, and no wallet.
      'sign-message approved -',
      `share-key approved ${owner}`,
    ]);
  });
});
