import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import type { Answer, ApiClient } from '../../support/api-client.js';
import { freshUser } from '../../support/dialects.js';
import { foreignSplitKey, setUp } from '../../support/foreign-split-key.js';
import type { ForeignSplitKey } from '../../support/foreign-split-key.js';
import { CONTENT_TYPES_OF_JSON, MALFORMED_BODIES, malformedHex } from '../../support/malformed.js';
import { heldKey, signMessage, signTransaction } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { contractCall, STORAGE_CONTRACT, transfer } from '../../support/transactions.js';
import { sha3 } from '../../support/wallet-client.js';
import {
  DOCUMENTED,
  expectRefusal,
  expectRefusalThatSays,
  expectRefusedField,
  SDK,
  zauthOf,
  zauthWithoutToken,
} from '../../support/zauth-dialects.js';

const ALLOW_TRANSFERS = { restrictions: ['token_transfers'] };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const newUser = (name = 'alice') => zauthOf(server, freshUser(server, name).id);

const restrict = (zauth: ApiClient, key: ForeignSplitKey, body: unknown, name = key.userPublicKey): Promise<Answer> =>
  zauth.with({ 'X-Peer-Public-Key': name }).put(`/restrictions/${key.clientId}`, body);

async function keySetUpBy(zauth: ApiClient): Promise<ForeignSplitKey> {
  const key = await foreignSplitKey();
  successOf(await setUp(zauth, key));
  return key;
}

/** Whether it signs a transfer, a contract call and a message. */
async function signs(key: ForeignSplitKey): Promise<readonly boolean[]> {
  const wallet = { client_id: key.clientId, client_key: key.clientKey };
  const answers = [
    await signTransaction(server.anonymous(), key, transfer(wallet)),
    await signTransaction(server.anonymous(), key, contractCall(wallet, STORAGE_CONTRACT, 'collect_reward')),
    await signMessage(server.anonymous(), key, sha3('a message')),
  ];
  return answers.map(({ status }) => status === 200);
}

describe('PUT /zauth/restrictions/:client_id', () => {
  it('replaces the list, and the next signature is decided by it', async () => {
    const alice = newUser();
    const key = await keySetUpBy(alice);
    expect(await signs(key)).toEqual([false, false, true]);
    expect(successOf(await restrict(alice, key, ALLOW_TRANSFERS))).toStrictEqual({ result: 'success' });
    expect(await signs(key)).toEqual([true, false, true]);
    successOf(await restrict(alice, key, { restrictions: ['storage_rewards'] }));
    expect(await signs(key)).toEqual([false, true, true]);
    successOf(await restrict(alice, key, { restrictions: ['*'] }));
    expect(await signs(key)).toEqual([true, true, true]);
    successOf(await restrict(alice, key, { restrictions: [] }));
    expect(await signs(key)).toEqual([false, false, true]);
  });

  it("knows the key by either share's key, in either letter case", async () => {
    const alice = newUser();
    const key = await keySetUpBy(alice);
    for (const name of [key.userPublicKey, key.serverPublicKey, key.serverPublicKey.toUpperCase()]) {
      successOf(await restrict(alice, key, ALLOW_TRANSFERS, name));
    }
  });

  it('ignores fields that old clients send', async () => {
    const alice = newUser();
    successOf(await restrict(alice, await keySetUpBy(alice), { ...ALLOW_TRANSFERS, client_id: 'x' }));
  });

  it.each(CONTENT_TYPES_OF_JSON)('reads JSON sent as $what', async ({ headers }) => {
    const alice = newUser();
    const key = await keySetUpBy(alice);
    successOf(await restrict(alice.with(headers), key, JSON.stringify(ALLOW_TRANSFERS)));
    expect(await signs(key)).toEqual([true, false, true]);
  });

  it("takes another's key, another wallet's and one that was never there for the same unknown key", async () => {
    const alice = newUser();
    const [key, other] = [await keySetUpBy(alice), await keySetUpBy(alice)];
    for (const name of [key.userPublicKey, key.serverPublicKey]) {
      expectRefusal(SDK, await restrict(newUser('mallory'), key, ALLOW_TRANSFERS, name), 'SPLIT_KEY.UNKNOWN');
      expectRefusal(SDK, await restrict(alice, other, ALLOW_TRANSFERS, name), 'SPLIT_KEY.UNKNOWN');
    }
    expectRefusal(SDK, await restrict(alice, await foreignSplitKey(), ALLOW_TRANSFERS), 'SPLIT_KEY.UNKNOWN');
    expectRefusal(SDK, await restrict(alice, key, ALLOW_TRANSFERS, key.clientKey), 'SPLIT_KEY.UNKNOWN');
    expect(await signs(key)).toEqual([false, false, true]);
  });

  it('refuses malformed lists and leaves the old one', async () => {
    const alice = newUser();
    const key = await keySetUpBy(alice);
    successOf(await restrict(alice, key, ALLOW_TRANSFERS));
    for (const restrictions of [undefined, null, 'token_transfers', 1, {}, [1], [null], [[]], Array(101).fill('*')]) {
      expectRefusedField(SDK, await restrict(alice, key, { restrictions }), 'restrictions');
    }
    for (const name of ['Token_Transfers', 'token_transfers ', '', 'transfer', 'constructor', '__proto__', '*']) {
      const answer = await restrict(alice, key, { restrictions: ['storage_rewards', name] });
      expectRefusalThatSays(SDK, answer, 'RESTRICTION.UNKNOWN_GROUP', 'restrictions[1]: ');
      expect(answer.text).not.toContain('Token_Transfers');
    }
    expect(await signs(key)).toEqual([true, false, true]);
  });

  it('refuses malformed bodies', async () => {
    const alice = newUser();
    const key = await keySetUpBy(alice);
    for (const { body } of [...MALFORMED_BODIES, { body: '' }]) {
      expectRefusalThatSays(SDK, await restrict(alice, key, body), 'REQUEST.MALFORMED_JSON', 'the body ');
    }
  });

  it('refuses a malformed client id, a malformed or missing header and a caller without a token', async () => {
    const alice = newUser();
    const key = await keySetUpBy(alice);
    const named = alice.with({ 'X-Peer-Public-Key': key.userPublicKey });
    for (const text of ['ab', key.clientId.slice(1), key.userPublicKey]) {
      expectRefusedField(SDK, await named.put(`/restrictions/${text}`, ALLOW_TRANSFERS), 'client_id');
    }
    for (const { text } of malformedHex(128).filter((each) => /^[\x21-\x7e]+$/.test(each.text))) {
      expectRefusedField(SDK, await restrict(alice, key, ALLOW_TRANSFERS, text), 'X-Peer-Public-Key');
    }
    expectRefusal(SDK, await alice.put(`/restrictions/${key.clientId}`, ALLOW_TRANSFERS), 'REQUEST.MISSING_HEADER');
    const anonymous = await restrict(zauthWithoutToken(server, SDK), key, ALLOW_TRANSFERS);
    expectRefusalThatSays(SDK, anonymous, 'TOKEN.MISSING', 'send a token', 401);
  });
});

describe('PUT /restrictions/:client_id at the root', () => {
  it("is ZVault's, and its list holds for ZAuth without the silent message_signing", async () => {
    const { documented } = freshUser(server, 'alice');
    const { wallet, key } = await splitWallet(documented);
    const named = documented.with({ 'X-Peer-Public-Key': key.peer_public_key });
    expect(successOf(await named.put(`/restrictions/${wallet.client_id}`, ALLOW_TRANSFERS))).toStrictEqual({});
    successOf(await signTransaction(documented, heldKey(key), transfer(wallet)));
    const answer = await signMessage(documented, heldKey(key), sha3('a message'));
    const words = "the split key's restrictions do not allow this: messages-not-allowed";
    expectRefusalThatSays(DOCUMENTED, answer, 'SIGNING.NOT_ALLOWED', words);
  });

  it('does not know a key that only ZAuth was told of', async () => {
    const { id, documented } = freshUser(server, 'alice');
    const key = await keySetUpBy(zauthOf(server, id));
    expectRefusal(DOCUMENTED, await restrict(documented, key, ALLOW_TRANSFERS), 'SPLIT_KEY.UNKNOWN');
  });
});
