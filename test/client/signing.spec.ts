import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  KmsAnswerError,
  KmsClient,
  KmsError,
  fromHex,
  sha3Hex,
  trustedKeys,
  transfer,
  verifyPromise,
  zcn,
} from '@split-key-kms/client';
import type { Evidence, SplitKey } from '@split-key-kms/client';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { walletClient } from '../support/wallet-client.js';
import { all, clientOf, errorOf } from './given-client.js';

const TO = sha3Hex('the provider');

let server: TestServer;
let alice: KmsClient;
let key: SplitKey;
const kept: Evidence[] = [];
beforeAll(async () => {
  server = await startTestServer();
  alice = clientOf(server, 'alice', { keepEvidence: (evidence) => kept.push(evidence) });
  const wallet = await alice.wallets.create();
  ({ key } = await alice.splitKeys.create(wallet.client_id));
});
afterAll(() => server.stop());

describe('a split key of the client', () => {
  it("signs a text, bytes and a transaction as the wallet, by the word of the server's engine", async () => {
    const engine = await walletClient();
    const now = server.clock.nowSeconds();
    const pay = transfer({ to: TO, valueSas: 2n ** 63n + 1n, nonce: 1, note: 'rent' });
    const signed = [
      await key.signMessage('hällo'),
      await key.signBytes(fromHex('00ff')),
      await key.signTransaction({ ...pay, creation_date: now }),
    ];
    expect(signed[0]?.hash).toBe(sha3Hex('hällo'));
    for (const { hash, signature } of signed) expect(engine.verify(key.client_key, hash, signature)).toBe(true);
  });

  it('puts away the evidence of each decision, of a refusal too', async () => {
    kept.length = 0;
    const { evidence } = await key.signMessage('to be kept');
    expect(kept).toEqual([evidence]);
    const promises = trustedKeys(await alice.audit.keys()).promises;
    expect(verifyPromise(evidence?.promise ?? '', { keys: promises })).toMatchObject({ holds: true });

    const { key: mute } = await alice.splitKeys.create(key.client_id, { policy: { messages: 'none' } });
    const error = await errorOf(mute.signMessage('to be refused'));
    expect(error).toBeInstanceOf(KmsError);
    expect(error).toMatchObject({ code: 'SIGNING.NOT_ALLOWED', status: 400, rule: 'messages', retryable: false });
    expect(kept.at(-1)).toEqual((error as KmsError).evidence);
    expect(kept).toHaveLength(2);
  });

  it('says when a limit lets it through again', async () => {
    const limits = [{ kind: 'rolling' as const, window_seconds: 3600, max_value: zcn('10').toString() }];
    const { key: card } = await alice.splitKeys.create(key.client_id, { policy: { limits } });
    const pay = { ...transfer({ to: TO, valueSas: zcn('6'), nonce: 1 }), creation_date: server.clock.nowSeconds() };
    await card.signTransaction(pay);
    expect(await card.tryTransaction({ ...pay, transaction_nonce: 2 })).toMatchObject({ allowed: false });
    expect(await errorOf(card.signTransaction({ ...pay, transaction_nonce: 2 }))).toMatchObject({
      code: 'SIGNING.NOT_ALLOWED',
      retryAfterSeconds: 3600,
    });
  });

  it('signs what was lent, with a share from the list of the borrower', async () => {
    const { key: lent } = await alice.splitKeys.create(key.client_id);
    await alice.splitKeys.share(lent.public_key, 'bob');
    const bob = clientOf(server, 'bob');
    const [found] = await all(bob.splitKeys.listShared({ withShares: true }));
    if (found === undefined) throw new Error('nothing is lent');
    const { signature } = await bob.splitKeys.withShare(found, found.private_key).signMessage('from bob');
    expect(signature).toBe((await lent.signMessage('from bob')).signature);
  });

  it.each([
    ['another signature', `{"sig":"${'00'.repeat(32)}"}`],
    ['no signature', '{}'],
    ['something else', '{"sig":"<script>"}'],
  ])('gives nothing out when the answer is %s', async (_what, body) => {
    const lying = new KmsClient({
      url: server.url,
      fetch: () => Promise.resolve(new Response(body, { headers: { 'Content-Type': 'application/json' } })),
    });
    const { private_key: share } = (await alice.splitKeys.create(key.client_id)).answer;
    expect(await errorOf(lying.splitKeys.withShare(key, share).signMessage('x'))).toBeInstanceOf(KmsAnswerError);
  });

  it('is not made of a client key that is of another wallet', () => {
    const { client_key, public_key } = key;
    expect(() => alice.splitKeys.withShare({ client_id: TO, client_key, public_key }, '01'.repeat(32))).toThrow(
      KmsAnswerError,
    );
  });

  it('shows its share neither to inspect nor to JSON, and signs nothing after forget', async () => {
    const { key: one, answer } = await alice.splitKeys.create(key.client_id);
    for (const text of [inspect(one, { depth: 9, showHidden: true }), JSON.stringify(one)]) {
      expect(text).not.toContain(answer.private_key);
      expect(text).toContain(one.public_key);
    }
    one.forget();
    expect(await errorOf(one.signMessage('x'))).toBeInstanceOf(RangeError);
  });
});
