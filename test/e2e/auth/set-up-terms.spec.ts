import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import { freshUser } from '../../support/dialects.js';
import { foreignSplitKey, setUp } from '../../support/foreign-split-key.js';
import { signMessage, signTransaction } from '../../support/signing-calls.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { STORAGE_CONTRACT, transfer } from '../../support/transactions.js';
import { sha3 } from '../../support/wallet-client.js';
import { expectRefusal, expectRefusalThatSays, SDK, zauthOf } from '../../support/zauth-dialects.js';

const HASH = sha3('a message');
const ALLOW_TRANSFERS = { restrictions: ['token_transfers'] };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const newUser = () => zauthOf(server, freshUser(server, 'alice').id);

/** What a client leaves out when it says nothing of the terms. */
const SAYS_NOTHING = { restrictions: undefined, expired_at: undefined, public_key: undefined };

describe('POST /zauth/setup', () => {
  it.each([null, []])(
    'denies every transaction with restrictions %j, the first time and repeated',
    async (restrictions) => {
      for (const before of [undefined, ALLOW_TRANSFERS]) {
        const key = await foreignSplitKey();
        const alice = newUser();
        if (before !== undefined) successOf(await setUp(alice, key, before));
        successOf(await setUp(alice, key, { restrictions }));
        const pay = transfer({ client_id: key.clientId, client_key: key.clientKey });
        const words = "the split key's restrictions do not allow this: outside-restrictions";
        expectRefusalThatSays(SDK, await signTransaction(alice, key, pay), 'SIGNING.NOT_ALLOWED', words);
      }
    },
  );

  it.each([undefined, ['*']])('sets no list the first time with restrictions %j', async (restrictions) => {
    const key = await foreignSplitKey();
    const alice = newUser();
    successOf(await setUp(alice, key, { restrictions }));
    const pay = transfer({ client_id: key.clientId, client_key: key.clientKey });
    successOf(await signTransaction(alice, key, pay));
    successOf(await signTransaction(alice, key, { ...pay, transaction_type: '77' }));
  });

  it('takes the list away when it is repeated with ["*"]', async () => {
    const key = await foreignSplitKey();
    const alice = newUser();
    successOf(await setUp(alice, key, { restrictions: [] }));
    successOf(await setUp(alice, key, { restrictions: ['*'] }));
    successOf(await signTransaction(alice, key, transfer({ client_id: key.clientId, client_key: key.clientKey })));
  });

  it.each([undefined, null, 0])('lets a key sign for ever the first time with expired_at %j', async (expiredAt) => {
    const key = await foreignSplitKey();
    const alice = newUser();
    successOf(await setUp(alice, key, { expired_at: expiredAt }));
    server.clock.advanceSeconds(10 * 365 * 24 * 3600);
    // The tokens of before are long expired.
    successOf(await signMessage(server.anonymous(`${server.url}/zauth`), key, HASH));
  });

  it('leaves list, expiry and further name as they are where it is repeated without them', async () => {
    const key = await foreignSplitKey();
    const id = freshUser(server, 'alice').id;
    const alice = zauthOf(server, id);
    const further = (await foreignSplitKey()).clientKey;
    const expires = server.clock.nowSeconds() + 60;
    const pay = transfer({ client_id: key.clientId, client_key: key.clientKey });
    successOf(await setUp(alice, key, { ...ALLOW_TRANSFERS, public_key: further, expired_at: expires }));
    for (const nothing of [
      SAYS_NOTHING,
      { ...SAYS_NOTHING, expired_at: null, public_key: null },
      { ...SAYS_NOTHING, public_key: '' },
    ]) {
      successOf(await setUp(alice, key, nothing));
      successOf(await signTransaction(alice, key, pay));
      const call = { ...pay, to_client_id: STORAGE_CONTRACT, transaction_type: '1000' };
      expect((await signTransaction(alice, key, call)).status).toBe(400);
      const named = alice.with({ 'X-Peer-Public-Key': further });
      expect(successOf(await named.get(`/key/${key.clientId}`))).toMatchObject({ last_used: expect.any(Number) });
    }
    server.clock.advanceSeconds(60);
    const anybody = server.anonymous(`${server.url}/zauth`);
    expectRefusal(SDK, await signTransaction(anybody, key, pay), 'SPLIT_KEY.EXPIRED');
  });

  it('changes what it names and nothing beside it', async () => {
    const key = await foreignSplitKey();
    const alice = newUser();
    const pay = transfer({ client_id: key.clientId, client_key: key.clientKey });
    const only = (changed: Record<string, unknown>) => setUp(alice, key, { ...SAYS_NOTHING, ...changed });
    successOf(await setUp(alice, key, ALLOW_TRANSFERS));
    successOf(await only({ expired_at: server.clock.nowSeconds() }));
    expectRefusal(SDK, await signTransaction(alice, key, pay), 'SPLIT_KEY.EXPIRED');
    successOf(await only({ restrictions: ['storage_rewards'] }));
    expectRefusal(SDK, await signTransaction(alice, key, pay), 'SPLIT_KEY.EXPIRED');
    successOf(await only({ expired_at: 0 }));
    const words = "the split key's restrictions do not allow this: outside-restrictions";
    expectRefusalThatSays(SDK, await signTransaction(alice, key, pay), 'SIGNING.NOT_ALLOWED', words);
  });

  it('is as it was the first time for one of many equal requests, and repeated for the others', async () => {
    const key = await foreignSplitKey();
    const alice = newUser();
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, place) =>
        setUp(alice, key, { restrictions: place % 2 === 0 ? undefined : ['token_transfers'], expired_at: undefined }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(64).fill(200));
    const pay = transfer({ client_id: key.clientId, client_key: key.clientKey });
    successOf(await signTransaction(alice, key, pay));
    const call = { ...pay, to_client_id: STORAGE_CONTRACT, transaction_type: '1000' };
    expect((await signTransaction(alice, key, call)).status).toBe(400);
  });
});
