import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import { freshUser } from '../../support/dialects.js';
import { foreignSplitKey, randomSecretKey, setUp } from '../../support/foreign-split-key.js';
import { minus } from '../../support/secret-arithmetic.js';
import { heldKey, signMessage } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { sha3 } from '../../support/wallet-client.js';
import {
  DOCUMENTED,
  expectRefusal,
  expectRefusalThatSays,
  expectRefusedField,
  SDK,
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

const newUser = (name = 'alice') => zauthOf(server, freshUser(server, name).id);

describe('POST /zauth/delete/:client_id', () => {
  it('deletes every server share of the wallet, and none signs any more', async () => {
    const alice = newUser();
    const first = await foreignSplitKey();
    const share = randomSecretKey();
    const second = await foreignSplitKey(share, minus(first.masterKey, share));
    for (const key of [first, second]) successOf(await setUp(alice, key));
    const answer = await alice.post(`/delete/${first.clientId.toUpperCase()}`);
    expect(successOf(answer)).toStrictEqual({ result: 'success' });
    for (const key of [first, second]) {
      for (const dialect of ZAUTH_DIALECTS) {
        const refused = await signMessage(zauthWithoutToken(server, dialect), key, HASH);
        expectRefusal(dialect, refused, 'SPLIT_KEY.UNKNOWN', dialect.unknownSplitKey);
      }
    }
  });

  it('leaves other wallets and other owners alone', async () => {
    const [alice, bob] = [newUser(), newUser('bob')];
    const [key, other] = [await foreignSplitKey(), await foreignSplitKey()];
    const share = randomSecretKey();
    const bobs = await foreignSplitKey(share, minus(key.masterKey, share));
    for (const owned of [key, other]) successOf(await setUp(alice, owned));
    successOf(await setUp(bob, bobs));
    successOf(await alice.post(`/delete/${key.clientId}`));
    for (const left of [other, bobs]) successOf(await signMessage(alice, left, HASH));
  });

  it.each([
    ['no body', undefined, {}],
    ['an empty body said to be JSON', '', { 'Content-Type': 'application/json' }],
    ['an empty body said to be text', '', { 'Content-Type': 'text/plain; charset=utf-8' }],
    ['a body that nobody asked for', '{"client_id":"x"}', {}],
  ])('takes %s', async (_, body, headers) => {
    const alice = newUser();
    const key = await foreignSplitKey();
    successOf(await setUp(alice, key));
    successOf(await alice.with(headers).post(`/delete/${key.clientId}`, body));
  });

  it("takes another's wallet, one deleted before and one that was never there for the same unknown one", async () => {
    const [alice, mallory] = [newUser(), newUser('mallory')];
    const key = await foreignSplitKey();
    successOf(await setUp(alice, key));
    expectRefusal(SDK, await mallory.post(`/delete/${key.clientId}`), 'SPLIT_KEY.UNKNOWN');
    successOf(await signMessage(alice, key, HASH));
    successOf(await alice.post(`/delete/${key.clientId}`));
    expectRefusal(SDK, await alice.post(`/delete/${key.clientId}`), 'SPLIT_KEY.UNKNOWN');
    expectRefusal(SDK, await alice.post(`/delete/${sha3('nothing')}`), 'SPLIT_KEY.UNKNOWN');
  });

  it('refuses a malformed client id and a caller without a token', async () => {
    for (const text of ['ab', 'g'.repeat(64), `0x${'a'.repeat(62)}`, 'a'.repeat(65), 'a'.repeat(128)]) {
      expectRefusedField(SDK, await newUser().post(`/delete/${text}`), 'client_id');
    }
    const answer = await zauthWithoutToken(server, SDK).post(`/delete/${sha3('a wallet')}`);
    expectRefusalThatSays(SDK, answer, 'TOKEN.MISSING', 'send a token', 401);
  });
});

describe('POST /delete/:client_id at the root', () => {
  it("is ZVault's: it deletes the master key with all halves of its split keys", async () => {
    const { id, documented } = freshUser(server, 'alice');
    const { wallet, key } = await splitWallet(documented);
    expect(successOf(await documented.post(`/delete/${wallet.client_id}`))).toStrictEqual({});
    expectRefusal(DOCUMENTED, await signMessage(documented, heldKey(key), HASH), 'SPLIT_KEY.UNKNOWN');
    expectRefusal(SDK, await zauthOf(server, id).post(`/delete/${wallet.client_id}`), 'SPLIT_KEY.UNKNOWN');
  });

  it('does not know a wallet that only ZAuth was told of', async () => {
    const { id, documented } = freshUser(server, 'alice');
    const key = await foreignSplitKey();
    successOf(await setUp(zauthOf(server, id), key));
    expectRefusalThatSays(
      DOCUMENTED,
      await documented.post(`/delete/${key.clientId}`),
      'WALLET.UNKNOWN',
      'unknown wallet',
    );
    successOf(await signMessage(documented, key, HASH));
  });
});
