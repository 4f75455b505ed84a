import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../../../src/restrictions/evaluate.js';
import { parsePolicy } from '../../../src/restrictions/policy/parse-policy.js';
import { policyToJson } from '../../../src/restrictions/policy/policy-json.js';
import type { Policy } from '../../../src/restrictions/policy/policy.js';
import { factsOf } from './asks.js';
import { ofQuestions, POLICY_SEED } from './policy-seed.js';
import { numbersFrom, RandomQuestions } from './random-questions.js';
import type { PolicyJson } from './reference-evaluator.js';
import { usageOf } from './signed-before.js';
import { policyUnlessRefused } from './unless-refused.js';

const PAIRS = ofQuestions(3_000);
const ASKED_OF_EACH = 5;

/** The same policy with one member that it lacked, or with one that is narrower. `messages` decides alone: see below. */
function narrower(random: RandomQuestions, json: PolicyJson, nowMs: number): PolicyJson {
  const other = random.policy(nowMs);
  const limits = [...(json.limits ?? []), ...(other.limits ?? [])].slice(0, 8);
  return random.one<PolicyJson>([
    { ...json, messages: 'none' },
    ...(limits.length === 0 ? [] : [{ ...json, limits }]),
    ...(other.max_value === undefined ? [] : [{ ...json, max_value: smaller(json.max_value, other.max_value) }]),
    ...(json.operations === undefined ? [] : [{ ...json, operations: json.operations.slice(1) }]),
    ...(json.recipients === undefined ? [] : [{ ...json, recipients: json.recipients.slice(1) }]),
    ...(json.hours === undefined ? [] : [{ ...json, hours: json.hours.slice(1) }]),
    ...(json.limits === undefined
      ? []
      : [
          { ...json, limits: json.limits.map((limit) => ({ ...limit, max_count: Math.min(limit.max_count ?? 9, 1) })) },
        ]),
    ...(['operations', 'recipients', 'hours', 'not_before', 'expires_at', 'creation_window_seconds'] as const)
      .filter((name) => json[name] === undefined && other[name] !== undefined)
      .map((name) => ({ ...json, [name]: other[name] })),
  ]);
}

function smaller(one: string | undefined, other: string): string {
  return one !== undefined && BigInt(one) < BigInt(other) ? one : other;
}

describe('every policy', () => {
  it(`with one rule more, or a tighter one, allows nothing more (POLICY_SEED=${POLICY_SEED})`, () => {
    const random = new RandomQuestions(numbersFrom(POLICY_SEED));
    const became = { allowed: 0, refused: 0 };
    for (let pairs = 0; pairs < PAIRS;) {
      const nowMs = random.nowMs();
      const json = random.policy(nowMs);
      const tighter = narrower(random, json, nowMs);
      const [wide, narrow] = [policyUnlessRefused(json), policyUnlessRefused(tighter)];
      if (wide === undefined || narrow === undefined) continue;
      pairs++;
      const usage = usageOf(random.past(nowMs).map(({ ask, at }) => ({ facts: factsOf(ask), atMs: at })));
      for (let i = 0; i < ASKED_OF_EACH; i++) {
        const facts = factsOf(random.ask(nowMs));
        const byWide = evaluate(wide, usage, facts, { nowMs, creationSkewSeconds: 600 }).allowed;
        const byNarrow = evaluate(narrow, usage, facts, { nowMs, creationSkewSeconds: 600 }).allowed;
        if (byNarrow) {
          became.allowed++;
          // `messages` typed by default, where a rule more turns a list's "none" into "typed", is as documented.
          const isDefault = json.messages === undefined && facts.kind === 'message';
          if (!byWide && !isDefault)
            expect({ POLICY_SEED, json, tighter, facts, byWide }).toMatchObject({ byWide: true });
        } else if (byWide) became.refused++;
      }
    }
    expect(became.allowed).toBeGreaterThan(PAIRS / 10);
    expect(became.refused).toBeGreaterThan(PAIRS / 10);
  });

  it(`reads back from its JSON to one that decides alike (POLICY_SEED=${POLICY_SEED})`, () => {
    const random = new RandomQuestions(numbersFrom(POLICY_SEED));
    for (let policies = 0; policies < ofQuestions(1_000);) {
      const nowMs = random.nowMs();
      const policy = policyUnlessRefused(random.policy(nowMs));
      if (policy === undefined) continue;
      policies++;
      const again = parsePolicy(JSON.parse(JSON.stringify(policyToJson(policy))));
      expect(policyToJson(again)).toEqual(policyToJson(policy));
      const usage = usageOf(random.past(nowMs).map(({ ask, at }) => ({ facts: factsOf(ask), atMs: at })));
      const facts = factsOf(random.ask(nowMs));
      const asked = (one: Policy): unknown => evaluate(one, usage, facts, { nowMs, creationSkewSeconds: 600 });
      expect(asked(again)).toEqual(asked(policy));
    }
  });
});
