import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import type { ApiClient } from '../../support/api-client.js';
import { freshUser, visiblePartsOf } from '../../support/dialects.js';
import { foreignSplitKey, setUp } from '../../support/foreign-split-key.js';
import type { ForeignSplitKey } from '../../support/foreign-split-key.js';
import { sendMessage, sendTransaction, signMessage } from '../../support/signing-calls.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { bodyOf, hashOf, transfer } from '../../support/transactions.js';
import { sha3 } from '../../support/wallet-client.js';
import { NO_SIGNATURES, WRONG_PARTIALS } from '../../support/wrong-partials.js';
import {
  expectRefusal,
  expectRefusedField,
  ZAUTH_DIALECTS,
  zauthOf,
  zauthWithoutToken,
} from '../../support/zauth-dialects.js';

const HASH = sha3('a message');

interface KeyInState {
  readonly state: string;
  readonly key: ForeignSplitKey;
}

let server: TestServer;
let keys: readonly KeyInState[];

/** The same kind of split key, set up by the same user, in every state that a stranger might want to tell apart. */
async function keyIn(zauth: ApiClient, state: string): Promise<KeyInState> {
  const key = await foreignSplitKey();
  const now = server.clock.nowSeconds();
  const terms = { restricted: [], 'without a list': ['*'] }[state] ?? ['token_transfers'];
  successOf(await setUp(zauth, key, { restrictions: terms, expired_at: state === 'expired' ? now : 0 }));
  if (state === 'revoked')
    successOf(await zauth.post(`/revoke/${key.clientId}`, { peer_public_key: key.userPublicKey }));
  if (state === 'used') successOf(await signMessage(zauth, key, HASH));
  return { state, key };
}

beforeAll(async () => {
  server = await startTestServer();
  const zauth = zauthOf(server, freshUser(server, 'alice').id);
  const states = ['live', 'without a list', 'restricted', 'used', 'revoked', 'expired'];
  keys = await Promise.all(states.map((state) => keyIn(zauth, state)));
});
afterAll(() => server.stop());

describe.each(ZAUTH_DIALECTS)('a stranger in the $dialect dialect', (dialect) => {
  const stranger = () => zauthWithoutToken(server, dialect);

  it.each(WRONG_PARTIALS)('hears of a message with a partial that is $what the same from every key', async ({ of }) => {
    const answers = [];
    for (const { key } of keys) answers.push(await sendMessage(stranger(), key, HASH, await of(key, HASH)));
    for (const answer of answers) expectRefusal(dialect, answer, 'SIGNING.PARTIAL_INVALID');
    expect(new Set(answers.map((answer) => JSON.stringify(visiblePartsOf(answer)))).size).toBe(1);
  });

  it.each(WRONG_PARTIALS)(
    'hears of a transaction with a partial that is $what the same, its hash right or not',
    async ({ of }) => {
      const answers = [];
      for (const { key } of keys) {
        const pay = transfer({ client_id: key.clientId, client_key: key.clientKey });
        for (const hash of [hashOf(pay), HASH]) {
          answers.push(await sendTransaction(stranger(), key, bodyOf(pay, await of(key, hash), hash)));
        }
      }
      for (const answer of answers) expectRefusal(dialect, answer, 'SIGNING.PARTIAL_INVALID');
      expect(new Set(answers.map((answer) => JSON.stringify(visiblePartsOf(answer)))).size).toBe(1);
    },
  );

  it.each(NO_SIGNATURES)('hears of $what the same from every key', async ({ text }) => {
    const answers = [];
    for (const { key } of keys) {
      const pay = transfer({ client_id: key.clientId, client_key: key.clientKey });
      const message = await sendMessage(stranger(), key, HASH, text());
      const transaction = await sendTransaction(stranger(), key, bodyOf(pay, text()));
      answers.push(message, transaction);
    }
    for (const answer of answers) expectRefusedField(dialect, answer, 'signature');
    expect(new Set(answers.map((answer) => JSON.stringify(visiblePartsOf(answer)))).size).toBe(1);
  });
});

describe('the holder of the user share', () => {
  it.each([
    ['revoked', 'SPLIT_KEY.REVOKED'],
    ['expired', 'SPLIT_KEY.EXPIRED'],
  ] as const)('is told that the key is %s', async (state, code) => {
    for (const dialect of ZAUTH_DIALECTS) {
      const key = keys.find((each) => each.state === state)?.key ?? (await foreignSplitKey());
      expectRefusal(dialect, await signMessage(zauthWithoutToken(server, dialect), key, HASH), code);
    }
  });

  it('still signs with the keys that strangers tried', async () => {
    for (const { state, key } of keys.filter((each) =>
      ['live', 'without a list', 'restricted', 'used'].includes(each.state),
    )) {
      expect([state, (await signMessage(server.anonymous(), key, HASH)).status]).toEqual([state, 200]);
    }
  });
});

describe('wrong partial signatures', () => {
  it('are counted, and leave no entry in the record', async () => {
    const recorded = await server.audit();
    expect(recorded.filter(({ code }) => code === 'SIGNING.PARTIAL_INVALID')).toEqual([]);
    const metrics = (await server.anonymous().get('/metrics')).text;
    expect(metrics).toMatch(
      /kms_signing_outcomes_total\{kind="message",outcome="denied",code="SIGNING.PARTIAL_INVALID"\} [1-9]/,
    );
    expect(metrics).toMatch(/kms_unauthenticated_refusals_total\{code="SIGNING.PARTIAL_INVALID"\} [1-9]/);
  });
});
