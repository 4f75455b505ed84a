import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../../support/api-client.js';
import type { ApiClient } from '../../support/api-client.js';
import { freshUser } from '../../support/dialects.js';
import { foreignSplitKey, setUp } from '../../support/foreign-split-key.js';
import type { ForeignSplitKey } from '../../support/foreign-split-key.js';
import { MALFORMED_BODIES, malformedHex } from '../../support/malformed.js';
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
  zauthOf,
} from '../../support/zauth-dialects.js';

const HASH = sha3('a message');
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const newUser = (name = 'alice') => zauthOf(server, freshUser(server, name).id);

async function keySetUpBy(zauth: ApiClient): Promise<ForeignSplitKey> {
  const key = await foreignSplitKey();
  successOf(await setUp(zauth, key));
  successOf(await signMessage(zauth, key, HASH));
  return key;
}

describe('POST /zauth/revoke/:client_id', () => {
  it.each<[string, (zauth: ApiClient, path: string, name: string) => ReturnType<ApiClient['post']>]>([
    ['JSON', (zauth, path, name) => zauth.post(path, { peer_public_key: name })],
    ['JSON said to be text', (zauth, path, name) => zauth.post(path, JSON.stringify({ peer_public_key: name }))],
    ['a form', (zauth, path, name) => zauth.with(FORM).post(path, `peer_public_key=${name}`)],
    ['a query', (zauth, path, name) => zauth.post(`${path}?peer_public_key=${name}`)],
    [
      'a query and an empty JSON body',
      (zauth, path, name) =>
        zauth.with({ 'Content-Type': 'application/json' }).post(`${path}?peer_public_key=${name}`, ''),
    ],
    ['a query and an empty form', (zauth, path, name) => zauth.with(FORM).post(`${path}?peer_public_key=${name}`, '')],
  ])('revokes a key named in %s', async (_, revoke) => {
    const alice = newUser();
    const key = await keySetUpBy(alice);
    expect(successOf(await revoke(alice, `/revoke/${key.clientId}`, key.userPublicKey))).toStrictEqual({
      result: 'success',
    });
    expectRefusal(SDK, await signMessage(alice, key, HASH), 'SPLIT_KEY.REVOKED');
  });

  it("knows the key by either share's key, in either letter case", async () => {
    const alice = newUser();
    for (const name of ['userPublicKey', 'serverPublicKey'] as const) {
      const key = await keySetUpBy(alice);
      successOf(
        await alice.post(`/revoke/${key.clientId.toUpperCase()}`, { peer_public_key: key[name].toUpperCase() }),
      );
      expectRefusal(SDK, await signMessage(alice, key, HASH), 'SPLIT_KEY.REVOKED');
    }
  });

  it('is fine to be told twice, and touches no other key of the wallet', async () => {
    const { id, documented } = freshUser(server, 'alice');
    const { wallet, key } = await splitWallet(documented);
    const other = successOf<typeof key>(await documented.post(`/key/${wallet.client_id}`), 201);
    for (let times = 0; times < 2; times++) {
      successOf(await zauthOf(server, id).post(`/revoke/${wallet.client_id}`, { peer_public_key: key.public_key }));
    }
    successOf(await signMessage(documented, heldKey(other), HASH));
  });

  it("takes another's key, another wallet's and one that was never there for the same unknown key", async () => {
    const alice = newUser();
    const mallory = newUser('mallory');
    const key = await keySetUpBy(alice);
    const other = await keySetUpBy(alice);
    for (const [zauth, clientId, name] of [
      [mallory, key.clientId, key.userPublicKey],
      [mallory, key.clientId, key.serverPublicKey],
      [alice, other.clientId, key.userPublicKey],
      [alice, key.clientId, key.clientKey],
      [alice, sha3('nothing'), key.userPublicKey],
    ] as const) {
      const answer = await zauth.post(`/revoke/${clientId}`, { peer_public_key: name });
      expectRefusal(SDK, answer, 'SPLIT_KEY.UNKNOWN');
    }
    successOf(await signMessage(alice, key, HASH));
  });

  it('refuses malformed fields and bodies', async () => {
    const alice = newUser();
    const path = `/revoke/${sha3('a wallet')}`;
    const texts = malformedHex(128).map(({ text }) => text);
    for (const value of [undefined, null, 1, [], {}, ...texts]) {
      expectRefusedField(SDK, await alice.post(path, { peer_public_key: value }), 'peer_public_key');
    }
    for (const text of texts) {
      const form = new URLSearchParams({ peer_public_key: text }).toString();
      expectRefusedField(SDK, await alice.with(FORM).post(path, form), 'peer_public_key');
      expectRefusedField(SDK, await alice.post(`${path}?${form}`), 'peer_public_key');
    }
    for (const { body } of MALFORMED_BODIES) {
      expectRefusalThatSays(SDK, await alice.post(path, body), 'REQUEST.MALFORMED_JSON', 'the body ');
    }
    expectRefusedField(SDK, await alice.post(path), 'peer_public_key');
    const twice = await alice.post(`${path}?peer_public_key=${'a'.repeat(128)}&peer_public_key=${'b'.repeat(128)}`);
    expectRefusalThatSays(SDK, twice, 'REQUEST.MALFORMED_JSON', 'the form has the same field twice');
    expectRefusedField(SDK, await alice.post('/revoke/ab', { peer_public_key: 'a'.repeat(128) }), 'client_id');
  });

  it('refuses a caller without a token', async () => {
    const answer = await server.anonymous(`${server.url}/zauth`).post(`/revoke/${sha3('a wallet')}`, {});
    expectRefusalThatSays(SDK, answer, 'TOKEN.MISSING', 'send a token', 401);
  });
});

describe('POST /revoke/:client_id at the root', () => {
  it("is ZVault's, with its own field and answer, and revokes both halves", async () => {
    const { id, documented } = freshUser(server, 'alice');
    const { wallet, key } = await splitWallet(documented);
    const path = `/revoke/${wallet.client_id}`;
    expect(problemOf(await documented.post(path, { peer_public_key: key.public_key }))).toMatchObject({ status: 400 });
    expect(successOf(await documented.post(path, { public_key: key.public_key }))).toStrictEqual({});
    expectRefusal(DOCUMENTED, await signMessage(server.as(id), heldKey(key), HASH), 'SPLIT_KEY.REVOKED');
  });

  it('does not know a key that only ZAuth was told of', async () => {
    const { id, documented } = freshUser(server, 'alice');
    const key = await keySetUpBy(zauthOf(server, id));
    const answer = await documented.post(`/revoke/${key.clientId}`, { public_key: key.userPublicKey });
    expectRefusal(DOCUMENTED, answer, 'SPLIT_KEY.UNKNOWN');
  });
});
