import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../../support/api-client.js';
import type { Answer, ApiClient } from '../../support/api-client.js';
import { freshUser, nobody, refusedInBothDialects, visiblePartsOf } from '../../support/dialects.js';
import type { VaultUser } from '../../support/dialects.js';
import { foreignSplitKey, randomSecretKey, setUp, setUpBody } from '../../support/foreign-split-key.js';
import { malformedHex } from '../../support/malformed.js';
import { askToSign } from '../../support/message-signing.js';
import { heldKey, sendMessage, signMessage, signTransaction } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { transfer } from '../../support/transactions.js';
import { sha3, walletClient } from '../../support/wallet-client.js';
import type { WireSplitKey, WireWallet } from '../../support/wire-types.js';
import { expectRefusal, SDK, ZAUTH_DIALECTS, zauthOf, zauthWithoutToken } from '../../support/zauth-dialects.js';

const HASH = sha3('a message');

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

interface Frozen {
  readonly owner: VaultUser;
  readonly wallet: WireWallet;
  readonly key: WireSplitKey;
}

async function frozenWallet(): Promise<Frozen> {
  const owner = freshUser(server, 'alice');
  const made = await splitWallet(owner.documented);
  successOf(await freeze(owner.documented, made.wallet.client_id));
  return { owner, ...made };
}

const freeze = (client: ApiClient, clientId: string): Promise<Answer> => client.post(`/freeze/${clientId}`);
const thaw = (client: ApiClient, clientId: string): Promise<Answer> => client.post(`/thaw/${clientId}`);

async function expectFrozen(key: WireSplitKey): Promise<void> {
  expect(problemOf(await askToSign(server, key)).code).toBe('SPLIT_KEY.FROZEN');
}

async function expectSigning(key: WireSplitKey): Promise<void> {
  expect((await askToSign(server, key)).status).toBe(200);
}

const PLACES = ['', '/zvault', '/zauth'];

describe.each(PLACES)('at %s/', (prefix) => {
  it('freezing stops all split keys of the wallet at once, and thawing lets them sign again', async () => {
    const owner = freshUser(server, 'alice');
    const { wallet, key } = await splitWallet(owner.documented);
    const other = successOf<WireSplitKey>(await owner.documented.post(`/key/${wallet.client_id}`), 201);
    const client = server.as(owner.id, `${server.url}${prefix}`);
    const [now, clientId] = [server.clock.nowSeconds(), wallet.client_id];
    expect(successOf(await freeze(client, clientId))).toStrictEqual({
      client_id: clientId,
      frozen: true,
      frozen_at: now,
    });
    await expectFrozen(key);
    await expectFrozen(other);
    expect(successOf(await thaw(client, clientId))).toStrictEqual({ client_id: clientId, frozen: false });
    await expectSigning(key);
    await expectSigning(other);
  });

  it('another’s wallet is answered exactly as one that does not exist, and is not touched', async () => {
    const { owner, wallet, key } = await frozenWallet();
    const live = await splitWallet(owner.documented);
    const mallory = server.as('mallory', `${server.url}${prefix}`);
    for (const ask of [freeze, thaw]) {
      const missing = visiblePartsOf(await ask(mallory, sha3('never made')));
      expect(missing.status).toBe(400);
      expect(visiblePartsOf(await ask(mallory, wallet.client_id))).toStrictEqual(missing);
      expect(visiblePartsOf(await ask(mallory, live.wallet.client_id))).toStrictEqual(missing);
    }
    await expectFrozen(key);
    await expectSigning(live.key);
  });
});

describe.each(ZAUTH_DIALECTS)('in the $dialect dialect a frozen split key', (dialect) => {
  it('signs neither messages nor transactions, and says why', async () => {
    const { wallet, key } = await frozenWallet();
    const zauth = zauthWithoutToken(server, dialect);
    expectRefusal(dialect, await signMessage(zauth, heldKey(key), HASH), 'SPLIT_KEY.FROZEN');
    expectRefusal(dialect, await signTransaction(zauth, heldKey(key), transfer(wallet)), 'SPLIT_KEY.FROZEN');
  });

  it('tells nothing to whoever does not hold it', async () => {
    const { key } = await frozenWallet();
    const zauth = zauthWithoutToken(server, dialect);
    const wrong = (await walletClient()).sign(randomSecretKey(), HASH);
    expectRefusal(dialect, await sendMessage(zauth, heldKey(key), HASH, wrong), 'SIGNING.PARTIAL_INVALID');
    const dry = zauth.with({ 'X-Peer-Public-Key': key.public_key });
    const body = { hash: HASH, signature: wrong, client_id: key.client_id };
    expectRefusal(dialect, await dry.post('/sign/msg?dry_run=1', body), 'SIGNING.PARTIAL_INVALID');
  });
});

describe('a freeze', () => {
  it('says since when when it is asked for again', async () => {
    const { owner, wallet } = await frozenWallet();
    const since = server.clock.nowSeconds();
    server.clock.advanceSeconds(5);
    expect(successOf(await freeze(owner.sdk, wallet.client_id.toUpperCase()))).toStrictEqual({
      client_id: wallet.client_id,
      frozen: true,
      frozen_at: since,
    });
    successOf(await thaw(owner.documented, wallet.client_id));
    expect(successOf(await thaw(owner.documented, wallet.client_id))).toMatchObject({ frozen: false });
    expect(successOf(await freeze(owner.documented, wallet.client_id))).toMatchObject({ frozen_at: since + 5 });
  });

  it('covers what is made, generated, set up or shared later', async () => {
    const { owner, wallet, key } = await frozenWallet();
    const clientId = wallet.client_id;
    const made = successOf<WireSplitKey>(await owner.documented.post(`/key/${clientId}`), 201);
    const generated = successOf<WireSplitKey>(await owner.sdk.post(`/generate/${clientId}`));
    const bob = freshUser(server, 'bob');
    successOf(await owner.documented.post('/share', { public_key: key.public_key, target_user_id: bob.id }));
    const [lent] = successOf<WireSplitKey[]>(await bob.documented.get('/wallets/shared'));
    expect(lent?.private_key).toBe(key.private_key);
    for (const one of [made, generated, lent]) await expectFrozen(one ?? key);
    successOf(await thaw(owner.documented, clientId));
    for (const one of [made, generated, lent]) await expectSigning(one ?? key);
  });

  it('is of a wallet that only ZAuth knows too, also when its server shares are deleted and set up afresh', async () => {
    const user = freshUser(server, 'alice');
    const zauth = zauthOf(server, user.id);
    const key = await foreignSplitKey();
    expect(problemOf(await freeze(user.documented, key.clientId)).code).toBe('WALLET.UNKNOWN');
    successOf(await setUp(zauth, key, { restrictions: ['*'] }));
    successOf(await freeze(user.documented, key.clientId));
    expectRefusal(SDK, await signMessage(zauth, key, HASH), 'SPLIT_KEY.FROZEN');
    successOf(await zauth.post(`/delete/${key.clientId}`));
    expectRefusal(SDK, await signMessage(zauth, key, HASH), 'SPLIT_KEY.UNKNOWN', 500);
    expect(problemOf(await thaw(user.documented, key.clientId)).code).toBe('WALLET.UNKNOWN');
    successOf(await setUp(zauth, key, { restrictions: ['*'] }));
    expectRefusal(SDK, await signMessage(zauth, key, HASH), 'SPLIT_KEY.FROZEN');
    successOf(await thaw(zauth, key.clientId));
    expect((await signMessage(zauth, key, HASH)).status).toBe(200);
  });

  it('outlives the wallet: what is brought back or stored again is frozen until it is thawed', async () => {
    const owner = freshUser(server, 'alice');
    const { masterKey, clientId } = await foreignSplitKey();
    const store = async (): Promise<unknown> =>
      successOf(await owner.documented.post('/store', { private_key: masterKey }), 201);
    const split = async (): Promise<WireSplitKey> =>
      successOf<WireSplitKey>(await owner.documented.post(`/key/${clientId}`), 201);
    await store();
    const first = await split();
    successOf(await freeze(owner.documented, clientId));
    successOf(await owner.documented.post(`/delete/${clientId}`));
    expect(problemOf(await askToSign(server, first)).code).toBe('SPLIT_KEY.UNKNOWN');
    for (const ask of [freeze, thaw]) {
      expect(problemOf(await ask(owner.documented, clientId)).code).toBe('WALLET.UNKNOWN');
    }
    successOf(await owner.documented.post(`/undelete/${clientId}`));
    await expectFrozen(await split());
    successOf(await owner.documented.post(`/delete/${clientId}`));
    await store();
    const last = await split();
    await expectFrozen(last);
    successOf(await thaw(owner.documented, clientId));
    await expectSigning(last);
  });

  it('leaves another owner of the same key, and other wallets of the owner, signing', async () => {
    const [alice, bob] = [freshUser(server, 'alice'), freshUser(server, 'bob')];
    const { masterKey, clientId } = await foreignSplitKey();
    const keys = [];
    for (const { documented } of [alice, bob]) {
      successOf(await documented.post('/store', { private_key: masterKey }), 201);
      keys.push(successOf<WireSplitKey>(await documented.post(`/key/${clientId}`), 201));
    }
    const other = await splitWallet(alice.documented);
    successOf(await freeze(alice.documented, clientId));
    const [ofAlice, ofBob] = keys;
    if (ofAlice === undefined || ofBob === undefined) throw new Error('nothing was split');
    await expectFrozen(ofAlice);
    await expectSigning(ofBob);
    await expectSigning(other.key);
    // Nor does Bob thaw it.
    successOf(await thaw(bob.documented, clientId));
    await expectFrozen(ofAlice);
  });

  it('refuses what was signed before too, and gives the same signature again when it is over', async () => {
    const owner = freshUser(server, 'alice');
    const { wallet, key } = await splitWallet(owner.documented);
    const before = await askToSign(server, key);
    successOf(await freeze(owner.documented, wallet.client_id));
    await expectFrozen(key);
    successOf(await thaw(owner.documented, wallet.client_id));
    expect((await askToSign(server, key)).text).toBe(before.text);
  });

  it('is nothing that a borrower may end or begin', async () => {
    const { owner, wallet, key } = await frozenWallet();
    const bob = freshUser(server, 'bob');
    successOf(await owner.documented.post('/share', { public_key: key.public_key, target_user_id: bob.id }));
    for (const ask of [freeze, thaw]) {
      expect(problemOf(await ask(bob.documented, wallet.client_id)).code).toBe('WALLET.UNKNOWN');
    }
    await expectFrozen(key);
  });
});

describe('while a wallet is frozen its owner', () => {
  it('revokes: that is for good, and told first', async () => {
    const { owner, wallet, key } = await frozenWallet();
    successOf(await owner.documented.post(`/revoke/${wallet.client_id}`, { public_key: key.public_key }));
    expect(problemOf(await askToSign(server, key)).code).toBe('SPLIT_KEY.REVOKED');
    successOf(await thaw(owner.documented, wallet.client_id));
    expect(problemOf(await askToSign(server, key)).code).toBe('SPLIT_KEY.REVOKED');
  });

  it('restricts, which holds when it is thawed', async () => {
    const { owner, wallet, key } = await frozenWallet();
    const named = owner.documented.with({ 'X-Peer-Public-Key': key.public_key });
    successOf(await named.put(`/restrictions/${wallet.client_id}`, { restrictions: ['token_transfers'] }));
    const policy = { policy: { messages: 'none' } };
    const { json } = await named.get(`/policy/${wallet.client_id}`);
    const current = named.with({ 'If-Match': `"${(json as { revision: number }).revision}"` });
    successOf(await current.put(`/policy/${wallet.client_id}`, policy));
    successOf(await thaw(owner.documented, wallet.client_id));
    expect(problemOf(await askToSign(server, key)).code).toBe('SIGNING.NOT_ALLOWED');
  });

  it('sets up again, revokes and deletes at ZAuth', async () => {
    const user = freshUser(server, 'alice');
    const zauth = zauthOf(server, user.id);
    const key = await foreignSplitKey();
    successOf(await setUp(zauth, key));
    successOf(await freeze(zauth, key.clientId));
    successOf(await zauth.post('/setup', setUpBody(key, { restrictions: ['*'] })));
    expectRefusal(SDK, await signMessage(zauth, key, HASH), 'SPLIT_KEY.FROZEN');
    successOf(await zauth.post(`/revoke/${key.clientId}`, { peer_public_key: key.userPublicKey }));
    expectRefusal(SDK, await signMessage(zauth, key, HASH), 'SPLIT_KEY.REVOKED');
    successOf(await zauth.post(`/delete/${key.clientId}`));
    expectRefusal(SDK, await signMessage(zauth, key, HASH), 'SPLIT_KEY.UNKNOWN', 500);
  });

  it('deletes the wallet', async () => {
    const { owner, wallet, key } = await frozenWallet();
    successOf(await owner.documented.post(`/delete/${wallet.client_id}`));
    expect(problemOf(await askToSign(server, key)).code).toBe('SPLIT_KEY.UNKNOWN');
  });

  it('is told by an evaluation that the standing says no, and by how much the key could do else', async () => {
    const { owner, wallet, key } = await frozenWallet();
    const named = owner.documented.with({ 'X-Peer-Public-Key': key.public_key });
    const evaluate = async (): Promise<unknown> =>
      successOf(await named.post(`/policy/evaluate/${wallet.client_id}`, { hash: HASH }));
    const frozen = await evaluate();
    expect(frozen).toMatchObject({ allowed: false, rules: [{ rule: 'standing', holds: false }] });
    successOf(await thaw(owner.documented, wallet.client_id));
    const { exposure } = frozen as { exposure: unknown };
    expect(await evaluate()).toMatchObject({ allowed: true, exposure });
  });
});

describe('the record', () => {
  it('has freezing, thawing and each refusal, which the owner reads', async () => {
    const { owner, wallet, key } = await frozenWallet();
    await expectFrozen(key);
    successOf(await thaw(owner.documented, wallet.client_id));
    const { entries } = successOf<{ entries: { entry: string }[] }>(
      await owner.documented.get(`/audit?client_id=${wallet.client_id}&limit=3`),
    );
    expect(entries.map(({ entry }) => JSON.parse(entry) as unknown)).toMatchObject([
      { action: 'thaw', outcome: 'approved', facts: { is_frozen: { before: true, after: false } } },
      { action: 'sign-message', outcome: 'denied', code: 'SPLIT_KEY.FROZEN', public_key: key.public_key },
      { action: 'freeze', outcome: 'approved', facts: { is_frozen: { before: false, after: true } } },
    ]);
  });

  it('has who asked for what is not theirs', async () => {
    const { wallet } = await frozenWallet();
    const mallory = freshUser(server, 'mallory');
    await thaw(mallory.documented, wallet.client_id);
    const last = (await server.audit()).at(-1);
    expect(last).toMatchObject({ action: 'thaw', outcome: 'denied', code: 'WALLET.UNKNOWN', actorId: mallory.id });
  });
});

describe.each(['freeze', 'thaw'])('POST /%s/:client_id refuses', (verb) => {
  it('a caller without a token', async () => {
    const ask = (client: ApiClient): Promise<Answer> => client.post(`/${verb}/${sha3('a wallet')}`);
    expect((await refusedInBothDialects(nobody(server), ask, 401)).code).toBe('TOKEN.MISSING');
  });

  it.each(malformedHex(64).filter(({ text }) => text !== ''))('a client id that is or has: $what', async ({ text }) => {
    const ask = (client: ApiClient): Promise<Answer> => client.post(`/${verb}/${encodeURIComponent(text)}`);
    const problem = await refusedInBothDialects(freshUser(server, 'alice'), ask);
    expect(problem).toMatchObject({ code: 'REQUEST.INVALID_FIELD', field: 'client_id' });
  });
});
