import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Ask } from '../restrictions/evaluation/asks.js';
import { POLICY_SEED } from '../restrictions/evaluation/policy-seed.js';
import { DATA, numbersFrom, RandomQuestions } from '../restrictions/evaluation/random-questions.js';
import { referenceOutcome } from '../restrictions/evaluation/reference-evaluator.js';
import type { Event, PolicyJson } from '../restrictions/evaluation/reference-evaluator.js';
import { policyUnlessRefused } from '../restrictions/evaluation/unless-refused.js';
import { successOf } from '../support/api-client.js';
import type { Answer } from '../support/api-client.js';
import { keyOf } from '../support/key-with-policy.js';
import { sendTransaction } from '../support/signing-calls.js';
import type { HeldKey } from '../support/signing-calls.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { bodyOf, hashOf } from '../support/transactions.js';
import type { TestTransaction } from '../support/transactions.js';
import { sha3, walletClient } from '../support/wallet-client.js';
import type { WalletClient } from '../support/wallet-client.js';
import type { WireWallet } from '../support/wire-types.js';
import { ZAUTH_DIALECTS, zauthWithoutToken } from '../support/zauth-dialects.js';

/** Requests that a policy does not allow. */
const ATTEMPTS = 10_000;
/** Keys at one moment, each with a policy of its own, whose holders ask side by side. */
const KEYS = 16;
const ASKED_OF_EACH = 20;
/** As the service has it by default. */
const CREATION_SKEW_SECONDS = 600;

let server: TestServer;
let wallet: WireWallet;
let client: WalletClient;
beforeAll(async () => {
  server = await startTestServer({ MAX_SPLIT_KEYS_PER_WALLET: '0', RATE_REFUSALS_PER_SPLIT_KEY: '0' });
  wallet = successOf<WireWallet>(await server.as('alice').post('/wallet'), 201);
  client = await walletClient();
});
afterAll(() => server.stop());

let asked = 0;

/** What is asked, with the hash of what is really sent; and how it is sent. */
interface Realised {
  readonly ask: Ask;
  readonly send: (key: HeldKey) => Promise<Answer>;
}

/** A request over the wire that is what a random one says, and like no other before it. */
function realised(ask: Ask, random: RandomQuestions): Realised {
  const zauth = zauthWithoutToken(server, random.one(ZAUTH_DIALECTS));
  asked += 1;
  if (ask.kind === 'transaction') {
    const transaction = transactionOf(ask);
    const hash = hashOf(transaction);
    return {
      ask: { ...ask, hash },
      send: (key) => sendTransaction(zauth, key, bodyOf(transaction, client.sign(key.userShare, hash))),
    };
  }
  const text = ask.text === 'reads-as-transaction' ? preimageOf(ask) : `message ${asked}`;
  // What is shown hashes to 32 bytes; what is not may be of any length.
  const hash = ask.text === 'not-shown' ? sha3(text).slice(0, ask.hash.length) : sha3(text);
  return {
    ask: { ...ask, hash },
    send: (key) =>
      zauth.with({ 'X-Peer-Public-Key': key.userPublicKey }).post('/sign/msg', {
        hash,
        signature: client.sign(key.userShare, hash),
        client_id: key.clientId,
        ...(ask.text === 'not-shown' ? {} : { message: text }),
      }),
  };
}

function transactionOf(ask: Extract<Ask, { kind: 'transaction' }>): TestTransaction {
  return {
    client_id: wallet.client_id,
    public_key: wallet.client_key,
    to_client_id: ask.to,
    transaction_data: ask.data,
    transaction_value: ask.value.toString(),
    creation_date: String(ask.created),
    transaction_type: String(ask.type),
    transaction_fee: '0',
    transaction_nonce: String(asked),
  };
}

/** The text of which a transaction's hash is made (docs/wire.md, section 6). */
function preimageOf(ask: Ask): string {
  return [asked, 1, wallet.client_id, sha3(ask.hash), 5, sha3('')].join(':');
}

interface Trial {
  readonly policy: PolicyJson;
  readonly key: HeldKey;
  readonly requests: readonly Realised[];
}

interface Told {
  allowed: number;
  refused: number;
}

/** Asks one key for one thing after the other, and compares each answer with what the reference says of it. */
async function tryOut({ policy, key, requests }: Trial, told: Told): Promise<void> {
  const nowMs = server.clock.nowMilliseconds();
  const signed: Event[] = [];
  for (const { ask, send } of requests) {
    const { failing } = referenceOutcome(policy, signed, ask, nowMs, CREATION_SKEW_SECONDS, DATA);
    const { status, text } = await send(key);
    const isSigned = status === 200;
    if (isSigned !== (failing.length === 0)) {
      const bigints = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value);
      throw new Error(
        JSON.stringify({ seed: POLICY_SEED, policy, ask, nowMs, signed, failing, status, text }, bigints),
      );
    }
    // Hashes of one byte come again by chance, and a hash is counted once.
    const isRepeated = signed.some((event) => event.ask.kind === ask.kind && event.ask.hash === ask.hash);
    if (isSigned && !isRepeated) signed.push({ at: nowMs, ask });
    told[isSigned ? 'allowed' : 'refused'] += 1;
  }
}

describe('whoever holds a split key', () => {
  it(
    `gets nothing outside its policy signed by ${ATTEMPTS} random attempts, and all that is inside ` +
      `(POLICY_SEED=${POLICY_SEED})`,
    async () => {
      const random = new RandomQuestions(numbersFrom(POLICY_SEED));
      const told: Told = { allowed: 0, refused: 0 };
      while (told.refused < ATTEMPTS) {
        const nowMs = random.nowMs();
        server.clock.setMilliseconds(nowMs);
        const policies: PolicyJson[] = [];
        while (policies.length < KEYS) {
          const policy = random.policy(nowMs);
          // What has ended cannot be made.
          const isOver = policy.expires_at !== undefined && policy.expires_at * 1000 <= nowMs;
          if (!isOver && policyUnlessRefused(policy) !== undefined) policies.push(policy);
        }
        // All of it drawn before anything is sent, so that the seed gives the same again.
        const drawn = policies.map((policy) => ({
          policy,
          requests: Array.from({ length: ASKED_OF_EACH }, () => realised(random.ask(nowMs), random)),
        }));
        await Promise.all(
          drawn.map(async (one) => tryOut({ ...one, key: await keyOf(server.as('alice'), wallet, one.policy) }, told)),
        );
      }
      // Agreement says something only where each answer is common.
      expect(told.allowed).toBeGreaterThan(ATTEMPTS / 50);
    },
    1_200_000,
  );
});
