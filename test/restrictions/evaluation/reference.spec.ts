import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../../../src/restrictions/evaluate.js';
import { factsOf } from './asks.js';
import { ofQuestions, POLICY_SEED } from './policy-seed.js';
import { DATA, numbersFrom, RandomQuestions } from './random-questions.js';
import { referenceOutcome } from './reference-evaluator.js';
import { usageOf } from './signed-before.js';
import { policyUnlessRefused } from './unless-refused.js';

const QUESTIONS = ofQuestions(100_000);
/** Of one policy and one past; then others. */
const ASKED_OF_EACH = 10;

describe('the evaluator', () => {
  it(`agrees with the reference on ${QUESTIONS} random questions (POLICY_SEED=${POLICY_SEED})`, () => {
    const random = new RandomQuestions(numbersFrom(POLICY_SEED));
    let asked = 0;
    let allowed = 0;
    const failures = new Map<string, number>();
    while (asked < QUESTIONS) {
      const nowMs = random.nowMs();
      const json = random.policy(nowMs);
      const policy = policyUnlessRefused(json);
      if (policy === undefined) continue;
      const past = random.past(nowMs);
      const usage = usageOf(past.map(({ ask, at }) => ({ facts: factsOf(ask), atMs: at })));
      for (let i = 0; i < ASKED_OF_EACH; i++, asked++) {
        const ask = random.ask(nowMs);
        const creationSkewSeconds = random.one([0, 600]);
        const evaluation = evaluate(policy, usage, factsOf(ask), { nowMs, creationSkewSeconds });
        const reference = referenceOutcome(json, past, ask, nowMs, creationSkewSeconds, DATA);
        const ours = {
          failing: evaluation.rules
            .flatMap(({ name, refusal }) => (refusal === undefined ? [] : [name as string]))
            .sort(),
          limits: evaluation.limits.map(({ used, refusal, nextFreeMs }) => ({
            used: used.valueSas,
            count: used.count,
            fitsAt: refusal === undefined ? undefined : (nextFreeMs ?? null),
          })),
        };
        const theirs = { failing: reference.failing.toSorted(), limits: reference.limits };
        if (!isSame(ours, theirs) || evaluation.allowed !== (theirs.failing.length === 0)) {
          // A long way to say it, taken once.
          expect({ seed: POLICY_SEED, json, past, ask, nowMs, creationSkewSeconds, ...ours }).toEqual({
            seed: POLICY_SEED,
            json,
            past,
            ask,
            nowMs,
            creationSkewSeconds,
            ...theirs,
          });
        }
        if (evaluation.allowed) allowed++;
        for (const rule of theirs.failing) failures.set(rule, (failures.get(rule) ?? 0) + 1);
      }
    }
    // Agreement says something only where each answer is common.
    expect(allowed).toBeGreaterThan(QUESTIONS / 20);
    for (const rule of ['operations', 'recipients', 'max_value', 'limits[0]', 'limits[3]', 'messages', 'hours']) {
      expect([rule, (failures.get(rule) ?? 0) > QUESTIONS / 200]).toEqual([rule, true]);
    }
    for (const rule of ['not_before', 'expires_at', 'creation_date', 'creation_window_seconds']) {
      expect([rule, (failures.get(rule) ?? 0) > QUESTIONS / 500]).toEqual([rule, true]);
    }
  });
});

function isSame(one: unknown, other: unknown): boolean {
  const text = (value: unknown): string =>
    JSON.stringify(value, (_, member: unknown) => (typeof member === 'bigint' ? `${member}n` : member));
  return text(one) === text(other);
}
