import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { evaluate } from '../../../../src/restrictions/evaluate.js';
import type { Facts } from '../../../../src/restrictions/facts/facts.js';
import { countScope } from '../../../../src/restrictions/limits/count-scope.js';
import type { CountScope } from '../../../../src/restrictions/limits/count-scope.js';
import type { Tally, Usage } from '../../../../src/restrictions/limits/usage.js';
import { factsOf, message, transfer } from '../../../restrictions/evaluation/asks.js';
import { POLICY_SEED } from '../../../restrictions/evaluation/policy-seed.js';
import { numbersFrom, RandomQuestions } from '../../../restrictions/evaluation/random-questions.js';
import { usageOf } from '../../../restrictions/evaluation/signed-before.js';
import type { Signed } from '../../../restrictions/evaluation/signed-before.js';
import { policyUnlessRefused } from '../../../restrictions/evaluation/unless-refused.js';
import { CountingWorld } from './counted-key.js';

/** Counts whatever is signed, so that both know when anything was. */
const ALL = countScope('all');
const MOST = 2n ** 64n - 1n;

let world: CountingWorld;
beforeAll(async () => {
  world = await CountingWorld.open();
});
afterAll(() => world.close());

/** Signs all of it, and says what the tables know of it then. */
async function signed<T>(
  past: readonly Signed[],
  scopes: readonly CountScope[],
  look: (usage: Usage) => T,
): Promise<T> {
  const share = await world.newKey();
  await world.begin(share, scopes);
  await world.write((statements) => {
    for (const { facts, atMs } of past) {
      world.clock.setMilliseconds(atMs);
      world.sign(share, facts, scopes, statements);
    }
  });
  return world.read((statements) => look(world.usage(share, statements)));
}

const inShort = ({ valueSas, count }: Tally): string => `${valueSas} SAS in ${count}`;
const key = ({ kind, hash }: Facts): string => `${kind} ${hash}`;

/** Every answer that is worth comparing: around each moment, and around each total. */
function answers(usage: Usage, past: readonly Signed[], scopes: readonly CountScope[]): unknown {
  const moments = past.flatMap(({ atMs }) => [atMs - 1, atMs, atMs + 1]).concat(0);
  return scopes.map((scope) => {
    const counter = usage.counter(scope);
    const tallies = moments.map((ms) => counter.upTo(ms));
    return {
      newestMs: usage.newestMs,
      total: inShort(counter.total()),
      tallies: tallies.map(inShort),
      values: tallies.flatMap(({ valueSas }) => [-1n, 0n, 1n].map((more) => counter.whenValueWas(valueSas + more))),
      numbers: tallies.flatMap(({ count }) => [0, 1].map((more) => counter.whenCountWas(count + more))),
      counted: past.map(({ facts: { kind, hash } }) => usage.isCounted(kind, hash)),
      never: usage.isCounted('transaction', '9'.repeat(64)),
    };
  });
}

describe('the usage of a split key, read from running totals', () => {
  it(`is the same as of one who remembers everything (POLICY_SEED=${POLICY_SEED})`, async () => {
    const random = new RandomQuestions(numbersFrom(POLICY_SEED));
    let limits = 0;
    let refused = 0;
    for (let histories = 0; histories < 40;) {
      const nowMs = random.nowMs();
      const policy = policyUnlessRefused(random.policy(nowMs));
      if (policy?.limits === undefined) continue;
      histories++;
      const times = [...random.past(nowMs), ...random.past(nowMs)].sort((one, other) => one.at - other.at);
      const past = times.map(({ ask, at }) => ({ facts: factsOf(ask), atMs: at }));
      const once = past.filter(({ facts }, index) => past.findIndex((one) => key(one.facts) === key(facts)) === index);
      const scopes = [...policy.limits.map(({ scope }) => scope), ALL];
      const asks = Array.from({ length: 5 }, () => factsOf(random.ask(nowMs)));
      const look = (usage: Usage): unknown => ({
        answers: answers(usage, once, scopes),
        evaluations: asks.map((facts) => {
          const {
            rules,
            limits: states,
            ...rest
          } = evaluate(policy, usage, facts, { nowMs, creationSkewSeconds: 600 });
          limits += states.length;
          refused += states.filter(({ refusal }) => refusal !== undefined).length;
          return {
            ...rest,
            rules: rules.map(({ refusal }) => refusal),
            states: states.map((state) => ({ ...state, limit: '' })),
          };
        }),
      });
      expect(await signed(past, scopes, look)).toEqual(look(usageOf(once)));
    }
    expect(limits).toBeGreaterThan(150);
    expect(refused).toBeGreaterThan(10);
  });

  it('adds up beyond 64 bits, finds what was signed in one millisecond, and the edges of windows', async () => {
    const past: Signed[] = Array.from({ length: 40 }, (_, index) => ({
      facts: factsOf(
        index % 7 === 0 ? message('shown', index.toString(16).padStart(64, '0')) : transfer({ value: MOST }),
      ),
      atMs: 1_700_000_000_000 + Math.floor(index / 3) * 1_000,
    }));
    const scopes = [ALL, countScope('transactions'), countScope('messages')];
    const theirs = usageOf(past);
    expect(theirs.counter(ALL).total()).toEqual({ valueSas: MOST * 34n, count: 40 });
    const look = (usage: Usage): unknown => answers(usage, past, scopes);
    expect(await signed(past, scopes, look)).toEqual(look(theirs));
  });

  it('finds each of many in a long time', async () => {
    const past: Signed[] = Array.from({ length: 300 }, (_, index) => ({
      facts: factsOf(transfer({ value: BigInt(index % 5) })),
      atMs: 1_700_000_000_000 + Math.floor(index ** 3.5),
    }));
    const look = (usage: Usage): unknown => answers(usage, past, [ALL]);
    expect(await signed(past, [ALL], look)).toEqual(look(usageOf(past)));
  });

  it('knows nothing of what another split key signed', async () => {
    const signedByOther = [{ facts: factsOf(transfer({ value: 5n })), atMs: 1_700_000_000_000 }];
    await signed(signedByOther, [ALL], () => undefined);
    const look = (usage: Usage): unknown => answers(usage, signedByOther, [ALL]);
    expect(await signed([], [ALL], look)).toEqual(look(usageOf([])));
  });

  it('is none of what is not counted: a limit without sums must not allow anything', async () => {
    const look = (usage: Usage): unknown => usage.counter(countScope('messages'));
    await expect(signed([], [ALL], look)).rejects.toThrow('nothing counts what the limit is of (messages)');
  });
});
