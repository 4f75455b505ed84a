import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { foresee } from '../../../src/auth/signing/foresee.js';
import type { Foresight } from '../../../src/auth/signing/foresee.js';
import type { ShareView } from '../../../src/auth/signing/signing-journal.js';
import { momentBetween } from '../../../src/clock/clock.js';
import { WRONG_HASH } from '../../../src/restrictions/facts/facts.js';
import type { RequestFacts } from '../../../src/restrictions/facts/facts.js';
import { parsePolicy } from '../../../src/restrictions/policy/parse-policy.js';
import { factsOf, message, transfer } from '../../restrictions/evaluation/asks.js';
import { POLICY_SEED } from '../../restrictions/evaluation/policy-seed.js';
import { numbersFrom, RandomQuestions } from '../../restrictions/evaluation/random-questions.js';
import { NEVER } from '../../restrictions/evaluation/signed-before.js';
import { policyUnlessRefused } from '../../restrictions/evaluation/unless-refused.js';
import { NOON_MS } from '../../restrictions/evaluation/verdicts.js';
import { ledgerWorld } from '../curve-workers/ledger-world.js';
import type { LedgerWorld } from '../curve-workers/ledger-world.js';

const ROUNDS = 60;
const ASKED_OF_EACH = 8;

describe('what is foreseen', () => {
  let world: LedgerWorld;
  beforeEach(async () => {
    world = await ledgerWorld();
  });
  afterEach(async () => {
    await world.unitOfWork.idle();
    await world.database.close();
  });

  it(`is what signing then decides, of random policies and requests (POLICY_SEED=${POLICY_SEED})`, async () => {
    const random = new RandomQuestions(numbersFrom(POLICY_SEED));
    const seen = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const nowMs = world.clock.nowMilliseconds();
      const policy = policyUnlessRefused(random.policy(nowMs));
      if (policy === undefined) continue;
      await world.setPolicy('share 0', policy);
      for (let index = 0; index < ASKED_OF_EACH; index += 1) {
        const facts = factsOf(random.ask(nowMs));
        const { foreseen } = await world.foresee(facts);
        const refusal = await world.decide(facts.hash, { facts });
        expect([policy, facts, foreseen?.allowed]).toEqual([policy, facts, refusal === undefined]);
        if (refusal?.code === 'SIGNING.NOT_ALLOWED') {
          expect(foreseen?.message).toBe(refusal.message);
          expect(foreseen?.rules.find(({ holds }) => !holds)?.rule).toBe(refusal.rule?.rule);
        }
        const answer = refusal?.rule?.rule ?? refusal?.code ?? 'allowed';
        seen.set(answer, (seen.get(answer) ?? 0) + 1);
      }
      world.clock.advanceMilliseconds(random.one([1, 999, 1000, 60_000]));
    }
    // Agreement says something only where several answers are given.
    expect(seen.get('allowed')).toBeGreaterThan(20);
    expect(seen.size).toBeGreaterThan(5);
  });
});

const view = (
  policy: unknown,
  more: Partial<ShareView> & { readonly isRevoked?: boolean; readonly isFrozen?: boolean } = {},
): ShareView => ({
  standing: {
    policy: policy === 'unreadable' ? policy : parsePolicy(policy),
    isRevoked: more.isRevoked ?? false,
    isFrozen: more.isFrozen ?? false,
    isAltered: false,
    revision: 7,
  },
  isErased: false,
  usage: NEVER,
  ...more,
});

function foreseenAt(of: ShareView, facts: RequestFacts = factsOf(transfer()), latestMs = NOON_MS): Foresight {
  const moment = { ...momentBetween(NOON_MS, latestMs), creationSkewSeconds: 600 };
  return foresee(of, facts, { moment, hashesAreBelieved: false });
}

describe('a split key that signs nothing more', () => {
  it.each([
    ['revoked', { isRevoked: true }, 'the split key is one that has been revoked'],
    ['overwritten', { isErased: true }, 'the split key is one whose server share was overwritten after it had expired'],
  ])('is told so, and can do nothing, when it is %s', (_, more, said) => {
    const { foreseen } = foreseenAt(view({ expires_at: NOON_MS / 1000 + 1 }, more));
    expect(foreseen).toMatchObject({ allowed: false, revision: 7, message: said });
    expect(foreseen?.rules[0]).toMatchObject({ rule: 'standing', holds: false });
    expect(foreseen?.exposure.movable).toEqual({ today: 0n, in30Days: 0n, untilItEnds: 0n });
    expect(foreseen?.rules.slice(1).every(({ holds }) => holds)).toBe(true);
  });

  it('is told how many rules do not hold besides', () => {
    const { foreseen } = foreseenAt(view({ max_value: '1' }, { isRevoked: true }), factsOf(transfer({ value: 2n })));
    expect(foreseen?.message).toBe('the split key is one that has been revoked; 1 other rule does not hold either');
  });

  it('is told that its wallet is frozen, and what it can do when that is over', () => {
    const policy = { max_value: '5', limits: [{ kind: 'total', max_value: '7' }], expires_at: NOON_MS / 1000 + 1 };
    const { foreseen } = foreseenAt(view(policy, { isFrozen: true }), factsOf(transfer({ value: 2n })));
    const message = 'the split key is one of a wallet that its owner has frozen';
    expect(foreseen).toMatchObject({ allowed: false, revision: 7, message });
    expect(foreseen?.rules.filter(({ holds }) => !holds).map(({ rule }) => rule)).toEqual(['standing']);
    expect(foreseen?.exposure.movable).toMatchObject({ untilItEnds: 7n });
  });

  it('is told by the rule when it has expired', () => {
    const { foreseen } = foreseenAt(view({ expires_at: NOON_MS / 1000 }));
    expect(foreseen?.rules.filter(({ holds }) => !holds).map(({ rule }) => rule)).toEqual(['expires_at']);
  });
});

describe('what cannot be foreseen', () => {
  it.each([
    ['CLOCK.IN_DOUBT', view({ expires_at: NOON_MS / 1000 + 1 }), factsOf(transfer()), NOON_MS + 2000],
    ['SIGNING.FAILED', view('unreadable'), factsOf(transfer()), NOON_MS],
    ['SIGNING.FAILED', view({ limits: [{ kind: 'total', max_count: 1 }] }, { usage: undefined }), factsOf(transfer())],
    ['TRANSACTION.HASH_MISMATCH', view({}), WRONG_HASH],
    ['SPLIT_KEY.REVOKED', view('unreadable', { isRevoked: true }), factsOf(message())],
    ['SPLIT_KEY.REVOKED', view({}, { isRevoked: true }), WRONG_HASH],
    ['SPLIT_KEY.FROZEN', view('unreadable', { isFrozen: true }), factsOf(message())],
    ['SPLIT_KEY.FROZEN', view({}, { isFrozen: true }), WRONG_HASH],
    ['SPLIT_KEY.UNKNOWN', view({}, { standing: undefined }), factsOf(message())],
  ] as const)('is refused as signing refuses it: %s', (code, of, facts, latestMs: number = NOON_MS) => {
    expect(foreseenAt(of, facts, latestMs).refusal?.code).toBe(code);
  });
});
