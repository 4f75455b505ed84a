import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import { freshUser } from '../../support/dialects.js';
import { foreignSplitKey, setUp, setUpBody } from '../../support/foreign-split-key.js';
import { signMessage, signTransaction } from '../../support/signing-calls.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { transfer } from '../../support/transactions.js';
import { sha3, walletClient } from '../../support/wallet-client.js';
import { expectRefusal, expectRefusalThatSays, SDK, zauthOf } from '../../support/zauth-dialects.js';

const HASH = sha3('a message');
const ALLOW_TRANSFERS = { restrictions: ['token_transfers'] };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ ZAUTH_PORT: '0' });
});
afterAll(() => server.stop());

const newUser = (name = 'alice') => zauthOf(server, freshUser(server, name).id);

describe('POST /zauth/setup', () => {
  it('keeps the server share, and the split key signs from then on', async () => {
    const alice = newUser();
    const key = await foreignSplitKey();
    expectRefusal(SDK, await signMessage(alice, key, HASH), 'SPLIT_KEY.UNKNOWN', 500);
    expect(successOf(await setUp(alice, key))).toStrictEqual({ result: 'success' });
    const { sig } = successOf<{ sig: string }>(await signMessage(alice, key, HASH));
    expect((await walletClient()).verify(key.clientKey, HASH, sig)).toBe(true);
  });

  it('stands at the root of ZAUTH_PORT and not at the root of the documented API', async () => {
    const key = await foreignSplitKey();
    const { id } = freshUser(server, 'alice');
    expectRefusal({ dialect: 'documented' }, await setUp(server.as(id), key), 'REQUEST.ROUTE_UNKNOWN', 404);
    expect(successOf(await setUp(server.as(id, server.zauthUrl), key))).toStrictEqual({ result: 'success' });
  });

  it("makes the token's user the owner, whatever user_id says", async () => {
    const alice = newUser();
    const mallory = freshUser(server, 'mallory').id;
    const key = await foreignSplitKey();
    await setUp(alice, key, { user_id: mallory });
    const path = `/key/${key.clientId}`;
    const named = { 'X-Peer-Public-Key': key.serverPublicKey };
    expect(successOf(await alice.with(named).get(path))).toStrictEqual({ last_used: 0 });
    expectRefusal(SDK, await zauthOf(server, mallory).with(named).get(path), 'SPLIT_KEY.UNKNOWN', 500);
  });

  it('takes capital digits, ignores fields that old clients send, and needs no optional field', async () => {
    const key = await foreignSplitKey();
    const upper = (text: string) => text.toUpperCase();
    const body = {
      client_id: upper(key.clientId),
      client_key: upper(key.clientKey),
      private_key: upper(key.serverShare),
      peer_public_key: upper(key.userPublicKey),
      keys: [{ anything: true }],
    };
    successOf(await newUser().post('/setup', body));
    successOf(await signMessage(newUser(), key, HASH));
  });

  it('replaces list and expiry when it is repeated for a live record, and nothing else', async () => {
    const alice = newUser();
    const key = await foreignSplitKey();
    const pay = transfer({ client_id: key.clientId, client_key: key.clientKey });
    const now = server.clock.nowSeconds();
    await setUp(alice, key, ALLOW_TRANSFERS);
    successOf(await signTransaction(alice, key, pay));
    successOf(await setUp(alice, key, { restrictions: [] }));
    expect((await signTransaction(alice, key, pay)).status).toBe(400);
    const named = alice.with({ 'X-Peer-Public-Key': key.userPublicKey });
    expect(successOf(await named.get(`/key/${key.clientId}`))).toStrictEqual({ last_used: now });
    successOf(await setUp(alice, key, { ...ALLOW_TRANSFERS, expired_at: now }));
    expectRefusal(SDK, await signTransaction(alice, key, pay), 'SPLIT_KEY.EXPIRED');
    successOf(await setUp(alice, key, ALLOW_TRANSFERS));
    successOf(await signTransaction(alice, key, pay));
  });

  it("refuses another's record and leaves it as it was", async () => {
    const alice = newUser();
    const key = await foreignSplitKey();
    await setUp(alice, key, { restrictions: ['storage_rewards'] });
    expectRefusal(SDK, await setUp(newUser('mallory'), key, ALLOW_TRANSFERS), 'SETUP.REFUSED');
    const answer = await signTransaction(alice, key, transfer({ client_id: key.clientId, client_key: key.clientKey }));
    expect(answer.status).toBe(400);
  });

  it('refuses a revoked record, so that it cannot be brought back to life', async () => {
    const alice = newUser();
    const key = await foreignSplitKey();
    await setUp(alice, key);
    successOf(await alice.post(`/revoke/${key.clientId}`, { peer_public_key: key.userPublicKey }));
    expectRefusal(SDK, await setUp(alice, key), 'SPLIT_KEY.REVOKED');
    expectRefusal(SDK, await signMessage(alice, key, HASH), 'SPLIT_KEY.REVOKED');
  });

  it('starts afresh after a delete, also after a revoke before it', async () => {
    const alice = newUser();
    const key = await foreignSplitKey();
    await setUp(alice, key);
    successOf(await signMessage(alice, key, HASH));
    successOf(await alice.post(`/revoke/${key.clientId}`, { peer_public_key: key.userPublicKey }));
    successOf(await alice.post(`/delete/${key.clientId}`));
    successOf(await setUp(alice, key));
    const named = alice.with({ 'X-Peer-Public-Key': key.userPublicKey });
    expect(successOf(await named.get(`/key/${key.clientId}`))).toStrictEqual({ last_used: 0 });
    successOf(await signMessage(alice, key, HASH));
  });

  it('refuses keys that do not belong together', async () => {
    const key = await foreignSplitKey();
    const other = await foreignSplitKey();
    const alice = newUser();
    const sum = 'private_key and peer_public_key do not add up to client_key';
    for (const changed of [
      { private_key: other.serverShare },
      { private_key: key.userShare },
      { peer_public_key: other.userPublicKey },
      { peer_public_key: key.serverPublicKey },
      { client_key: other.clientKey, client_id: other.clientId },
    ]) {
      expectRefusalThatSays(SDK, await setUp(alice, key, changed), 'SETUP.INCONSISTENT', sum);
    }
    const wrongId = await setUp(alice, key, { client_id: other.clientId });
    expectRefusalThatSays(SDK, wrongId, 'SETUP.INCONSISTENT', 'client_id is not the sha3-256 of client_key');
    expectRefusal(SDK, await signMessage(alice, key, HASH), 'SPLIT_KEY.UNKNOWN', 500);
  });

  it('refuses a caller without a token', async () => {
    const answer = await server.anonymous(`${server.url}/zauth`).post('/setup', setUpBody(await foreignSplitKey()));
    expectRefusalThatSays(SDK, answer, 'TOKEN.MISSING', 'send a token', 401);
  });
});
