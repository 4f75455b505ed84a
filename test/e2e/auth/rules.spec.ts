import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../../support/api-client.js';
import type { Answer } from '../../support/api-client.js';
import { plainLineOf } from '../../support/dialects.js';
import { givePolicy } from '../../support/given-policy.js';
import { heldKey, sendTransaction, signMessage, signTransaction } from '../../support/signing-calls.js';
import type { HeldKey } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import {
  A_PLAIN_ADDRESS,
  bodyOf,
  contractCall,
  hashOf,
  STORAGE_CONTRACT,
  transfer,
} from '../../support/transactions.js';
import type { TestTransaction } from '../../support/transactions.js';
import { sha3, walletClient } from '../../support/wallet-client.js';
import type { WireWallet } from '../../support/wire-types.js';
import { expectRefusal, SDK, ZAUTH_DIALECTS, zauthWithoutToken } from '../../support/zauth-dialects.js';
import type { ZauthDialect } from '../../support/zauth-dialects.js';

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const STRANGER = sha3('a stranger');

let server: TestServer;
let wallet: WireWallet;
let key: HeldKey;
beforeAll(async () => {
  server = await startTestServer();
  const made = await splitWallet(server.as('alice'));
  wallet = made.wallet;
  key = heldKey(made.key);
});
afterAll(() => server.stop());

const now = (): number => server.clock.nowSeconds();
const onDay = (daysLater: number): unknown => {
  const day = DAYS[(new Date(now() * 1000).getUTCDay() + daysLater) % 7];
  return [{ days: [day], from: '00:00', to: '24:00', time_zone: 'UTC' }];
};

/** Asks for something in a dialect. */
type Ask = (dialect: ZauthDialect) => Promise<Answer>;

const sign =
  (changed: Partial<TestTransaction> = {}): Ask =>
  (dialect) =>
    signTransaction(zauthWithoutToken(server, dialect), key, { ...transfer(wallet), ...changed });

const call =
  (name: string): Ask =>
  (dialect) =>
    signTransaction(zauthWithoutToken(server, dialect), key, contractCall(wallet, STORAGE_CONTRACT, name));

const signText =
  (text: string, shown?: string): Ask =>
  async (dialect) => {
    const hash = sha3(text);
    const signature = (await walletClient()).sign(key.userShare, hash);
    const body = { hash, signature, client_id: key.clientId, message: shown };
    return zauthWithoutToken(server, dialect).with({ 'X-Peer-Public-Key': key.userPublicKey }).post('/sign/msg', body);
  };

const signBytes =
  (bytes: number): Ask =>
  (dialect) =>
    signMessage(zauthWithoutToken(server, dialect), key, 'ab'.repeat(bytes));

function preimage(): string {
  const { creation_date: created, transaction_nonce: nonce, ...rest } = transfer(wallet);
  const data = sha3(rest.transaction_data);
  return [created, nonce, rest.client_id, rest.to_client_id, rest.transaction_value, data].join(':');
}

interface Case {
  readonly rule: string;
  readonly policy: () => unknown;
  readonly allowed: () => readonly Ask[];
  readonly refused: () => readonly (readonly [reason: string, sentence: string, ask: Ask])[];
}

const CASES: readonly Case[] = [
  {
    rule: 'not_before',
    policy: () => ({ not_before: now() + 1 }),
    allowed: () => [],
    refused: () => [
      ['not-yet', 'the key signs from ', sign()],
      ['not-yet', 'the key signs from ', signBytes(32)],
    ],
  },
  {
    rule: 'hours',
    policy: () => ({ hours: onDay(1) }),
    allowed: () => [],
    refused: () => [['outside-hours', 'it is ', sign()]],
  },
  {
    rule: 'operations',
    policy: () => ({ operations: ['storage:cancel_allocation', 'data'] }),
    allowed: () => [call('cancel_allocation'), sign({ transaction_type: '10', transaction_value: '0' })],
    refused: () => [
      ['outside-restrictions', 'transfer is not among what the key may do (storage:cancel_allocation, data)', sign()],
      ['outside-restrictions', 'storage:finalize_allocation is not among ', call('finalize_allocation')],
      ['unknown-function', 'the contract has no function ', call('steal')],
    ],
  },
  {
    rule: 'recipients',
    policy: () => ({ recipients: [A_PLAIN_ADDRESS] }),
    allowed: () => [sign(), call('cancel_allocation')],
    refused: () => [
      [
        'recipient-not-allowed',
        `the recipient ${STRANGER} is not among the 1 address`,
        sign({ to_client_id: STRANGER }),
      ],
      ['recipient-not-allowed', 'the recipient nobody ', sign({ to_client_id: '' })],
    ],
  },
  {
    rule: 'max_value',
    policy: () => ({ max_value: '10000000000' }),
    allowed: () => [sign(), sign({ transaction_value: '0' })],
    refused: () => [
      [
        'above-max-value',
        'value 1.0000000001 ZCN is above the 1 ZCN a transaction may move',
        sign({ transaction_value: '10000000001' }),
      ],
      ['above-max-value', 'value 1844674407.3709551615 ZCN ', sign({ transaction_value: '18446744073709551615' })],
    ],
  },
  {
    rule: 'creation_window_seconds',
    policy: () => ({ creation_window_seconds: 60 }),
    allowed: () => [sign({ creation_date: String(now() - 60) }), sign({ creation_date: String(now() + 600) })],
    refused: () => [
      ['creation-date-too-old', 'the creation date ', sign({ creation_date: String(now() - 61) })],
      ['creation-date-missing', 'the transaction has no creation date', sign({ creation_date: '0' })],
    ],
  },
  {
    rule: 'messages',
    policy: () => ({ messages: 'typed' }),
    allowed: () => [signText('log in', 'log in'), signBytes(16), signBytes(1_024), sign()],
    refused: () => [
      ['message-without-text', 'a message of 32 bytes may be the hash of any transaction', signText('log in')],
      ['message-reads-as-transaction', 'the text of the message reads ', signText(preimage(), preimage())],
    ],
  },
  {
    rule: 'messages',
    policy: () => ({ messages: 'none' }),
    allowed: () => [sign()],
    refused: () => [
      ['messages-not-allowed', 'the key signs no messages of 32 bytes', signText('log in', 'log in')],
      ['data-signing-not-allowed', 'the key signs no messages', signBytes(16)],
    ],
  },
  {
    rule: 'messages',
    policy: () => ({ max_value: '18446744073709551615' }),
    allowed: () => [signText('log in', 'log in')],
    refused: () => [['message-without-text', 'a message of 32 bytes ', signText('log in')]],
  },
];

describe.each(ZAUTH_DIALECTS)('in the $dialect dialect', (dialect) => {
  it.each(CASES)('the rule $rule decides ($#)', async ({ rule, policy, allowed, refused }) => {
    await givePolicy(server, key, policy());
    for (const ask of allowed()) successOf(await ask(dialect));
    for (const [reason, sentence, ask] of refused()) {
      const answer = await ask(dialect);
      const words = `the split key's restrictions do not allow this: ${reason}: ${sentence}`;
      const said = dialect === SDK ? plainLineOf(answer) : problemOf(answer).detail;
      expect(said.slice(0, words.length)).toBe(words);
      if (dialect !== SDK) expect(problemOf(answer)).toMatchObject({ code: 'SIGNING.NOT_ALLOWED', rule, reason });
      expect(answer.headers.get('retry-after')).toBeNull();
    }
  });

  it('hours let sign while one of them holds', async () => {
    await givePolicy(server, key, { hours: onDay(0) });
    successOf(await sign()(dialect));
  });

  it('not_before lets sign from its second on, and expires_at until before its own', async () => {
    await givePolicy(server, key, { not_before: now() + 1, expires_at: now() + 2 });
    expect((await sign()(dialect)).status).toBe(400);
    server.clock.advanceSeconds(1);
    successOf(await sign()(dialect));
    server.clock.advanceSeconds(1);
    expectRefusal(dialect, await sign()(dialect), 'SPLIT_KEY.EXPIRED');
  });

  it('names the first rule that does not hold, and how many others do not', async () => {
    await givePolicy(server, key, { operations: ['data'], recipients: [STRANGER], max_value: '1' });
    const answer = await sign()(dialect);
    const said = dialect === SDK ? plainLineOf(answer) : problemOf(answer).detail;
    expect(said).toMatch(/: outside-restrictions: .*; 2 other rules do not hold either$/);
  });

  it('tells no rule to whoever has no share of the key', async () => {
    await givePolicy(server, key, { max_value: '1' });
    const pay = transfer(wallet);
    const stranger = (await walletClient()).sign('01'.repeat(32), hashOf(pay));
    const answer = await sendTransaction(zauthWithoutToken(server, dialect), key, bodyOf(pay, stranger));
    expectRefusal(dialect, answer, 'SIGNING.PARTIAL_INVALID');
  });

  it('tells a wrong hash before any rule', async () => {
    await givePolicy(server, key, { operations: [], messages: 'none' });
    const answer = await signTransaction(zauthWithoutToken(server, dialect), key, transfer(wallet), sha3('another'));
    expectRefusal(dialect, answer, 'TRANSACTION.HASH_MISMATCH');
  });
});

describe('where hashes are believed', () => {
  it('a key whose policy says more than operations and times signs no transactions', async () => {
    const trusting = await startTestServer({ TXN_VERIFICATION: 'trust-hash' });
    try {
      const made = await splitWallet(trusting.as('alice'));
      const held = heldKey(made.key);
      const pay = (): Promise<Answer> => signTransaction(trusting.anonymous(), held, transfer(made.wallet));
      await givePolicy(trusting, held, { operations: ['transfer'], not_before: 1 });
      successOf(await pay());
      for (const more of [
        { max_value: '18446744073709551615' },
        { recipients: [A_PLAIN_ADDRESS] },
        { messages: 'any' },
      ]) {
        await givePolicy(trusting, held, more);
        expect(problemOf(await pay())).toMatchObject({ rule: 'hash', reason: 'hash-not-checked' });
      }
    } finally {
      await trusting.stop();
    }
  });
});
