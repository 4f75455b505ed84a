import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../../../src/restrictions/evaluate.js';
import type { Evaluation } from '../../../src/restrictions/evaluate.js';
import { explain, refusalIn } from '../../../src/restrictions/explain.js';
import type { CountScope } from '../../../src/restrictions/limits/count-scope.js';
import type { Counter, Usage } from '../../../src/restrictions/limits/usage.js';
import { parsePolicy } from '../../../src/restrictions/policy/parse-policy.js';
import { FRIEND } from '../../chain/transaction-texts.js';
import { factsOf, transfer } from './asks.js';
import { usageOf } from './signed-before.js';
import { NOON_MS } from './verdicts.js';

const policy = parsePolicy({
  recipients: [FRIEND],
  limits: [
    { kind: 'rolling', window_seconds: 60, max_value: '10', max_count: 3 },
    { kind: 'total', max_value: '90' },
  ],
});
const now = { nowMs: NOON_MS, creationSkewSeconds: 0 };

/** Something that was signed before, and what is asked of it. */
class WatchedUsage implements Usage {
  readonly #usage = usageOf([{ facts: factsOf(transfer({ value: 8n })), atMs: NOON_MS - 1_000 }]);
  readonly newestMs = this.#usage.newestMs;
  searches = 0;
  isClosed = false;

  isCounted(...asked: Parameters<Usage['isCounted']>): boolean {
    return this.#usage.isCounted(...asked);
  }

  counter(scope: CountScope): Counter {
    const counter = this.#usage.counter(scope);
    const search = <T>(find: () => T): T => {
      if (this.isClosed) throw new Error('the transaction has ended');
      this.searches++;
      return find();
    };
    return {
      total: () => counter.total(),
      upTo: (ms) => counter.upTo(ms),
      whenValueWas: (valueSas) => search(() => counter.whenValueWas(valueSas)),
      whenCountWas: (count) => search(() => counter.whenCountWas(count)),
    };
  }
}

const asked = (usage: Usage, value: bigint, to = FRIEND): [Parameters<typeof refusalIn>[0], Evaluation] => {
  const facts = factsOf(transfer({ value, to }));
  return [{ policy, facts, now }, evaluate(policy, usage, facts, now)];
};

describe('an evaluation', () => {
  it('searches for nothing when it allows, nor when another rule refuses', () => {
    const usage = new WatchedUsage();
    for (const [, { rules }] of [asked(usage, 2n), asked(usage, 3n, 'f'.repeat(64))]) {
      expect(rules.length).toBeGreaterThan(2);
    }
    expect(usage.searches).toBe(0);
  });

  it('searches for when there will be more room once, for whoever explains it', () => {
    const usage = new WatchedUsage();
    const [question, evaluation] = asked(usage, 2n);
    const { limits } = explain(question, evaluation);
    expect(limits.map(({ next_free_at }) => next_free_at)).toEqual([NOON_MS / 1000 + 59, null]);
    const { searches } = usage;
    expect(searches).toBeGreaterThan(0);
    expect(explain(question, evaluation).limits).toEqual(limits);
    expect(usage.searches).toBe(searches);
  });

  it('that limits alone refuse can be told when nobody can be asked any more', () => {
    const usage = new WatchedUsage();
    const [question, evaluation] = asked(usage, 3n);
    usage.isClosed = true;
    expect(refusalIn(question, evaluation)).toMatchObject({ reason: 'limit-reached', retryAfterSeconds: 59 });
  });
});
