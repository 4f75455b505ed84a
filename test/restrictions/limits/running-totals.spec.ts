import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../../../src/restrictions/evaluate.js';
import { countScope } from '../../../src/restrictions/limits/count-scope.js';
import { RunningTotals } from '../../../src/restrictions/limits/running-totals.js';
import { factsOf, message, transfer } from '../evaluation/asks.js';
import { POLICY_SEED } from '../evaluation/policy-seed.js';
import { numbersFrom, RandomQuestions } from '../evaluation/random-questions.js';
import { usageOf } from '../evaluation/signed-before.js';
import type { Signed } from '../evaluation/signed-before.js';
import { policyUnlessRefused } from '../evaluation/unless-refused.js';

const ROUNDS = 3_000;
const TRANSACTIONS = countScope('transactions');

describe('running totals in memory', () => {
  it(`answer limits as what looks at all that was signed, ${ROUNDS} times (POLICY_SEED=${POLICY_SEED})`, () => {
    const random = new RandomQuestions(numbersFrom(POLICY_SEED));
    let limited = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const nowMs = random.nowMs();
      const policy = policyUnlessRefused(random.policy(nowMs));
      if (policy?.limits === undefined) continue;
      const scopes = [...new Map(policy.limits.map(({ scope }) => [scope.key, scope])).values()];
      const totals = new RunningTotals(scopes);
      const signed: Signed[] = [];
      for (const { ask, at } of random.past(nowMs)) {
        const facts = factsOf(ask);
        totals.count(facts, at);
        const isKnown = signed.some((one) => one.facts.kind === facts.kind && one.facts.hash === facts.hash);
        if (!isKnown) signed.push({ facts, atMs: at });
      }
      const facts = factsOf(random.ask(nowMs));
      const time = { nowMs, creationSkewSeconds: 0 };
      const [ours, theirs] = [totals, usageOf(signed)].map((usage) => {
        const { allowed, rules, limits } = evaluate(policy, usage, facts, time);
        const told = limits.map(({ used, asked, refusal, nextFreeMs }) => ({
          used: { ...used },
          asked,
          refusal,
          nextFreeMs,
        }));
        return {
          allowed,
          refusals: rules.map(({ refusal }) => refusal),
          used: told.map(({ used: { valueSas, count }, ...rest }) => ({ valueSas, count, ...rest })),
        };
      });
      // The plain one says when anything was signed, this one when anything was counted: it differs only with the clock
      // set back.
      if ((signed.at(-1)?.atMs ?? 0) > nowMs) continue;
      expect({ round, ...ours }).toEqual({ round, ...theirs });
      limited += 1;
    }
    expect(limited).toBeGreaterThan(ROUNDS / 10);
  });

  it('count a hash once, and stand still when the time goes back', () => {
    const totals = new RunningTotals([TRANSACTIONS]);
    const first = factsOf(transfer({ value: 3n }));
    totals.count(first, 2_000);
    totals.count(first, 3_000);
    totals.count(factsOf(transfer({ value: 4n })), 1_000);
    totals.count(factsOf(message()), 9_000);
    expect(totals.newestMs).toBe(2_000);
    expect(totals.isCounted('transaction', first.hash)).toBe(true);
    expect(totals.isCounted('message', first.hash)).toBe(false);
    const counter = totals.counter(TRANSACTIONS);
    expect(counter.total()).toMatchObject({ valueSas: 7n, count: 2 });
    expect(counter.upTo(1_999)).toMatchObject({ valueSas: 0n, count: 0 });
    expect(counter.upTo(2_000)).toMatchObject({ valueSas: 7n, count: 2 });
    expect([counter.whenValueWas(4n), counter.whenValueWas(8n), counter.whenCountWas(2)]).toEqual([
      2_000,
      undefined,
      2_000,
    ]);
  });

  it('throw for a scope that nothing counts', () => {
    expect(() => new RunningTotals([TRANSACTIONS]).counter(countScope('all'))).toThrow('nothing counts');
  });
});
