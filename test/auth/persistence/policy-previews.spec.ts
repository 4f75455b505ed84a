import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { CountSlices } from '../../../src/auth/persistence/counts/count-slices.js';
import type { CountedShare } from '../../../src/auth/persistence/counts/sqlite-usage.js';
import { FindReadable } from '../../../src/auth/persistence/find-readable.js';
import { PolicyPreviews, TOO_MUCH } from '../../../src/auth/persistence/policy-previews.js';
import { parsePolicy } from '../../../src/restrictions/policy/parse-policy.js';
import type { Usage } from '../../../src/restrictions/limits/usage.js';
import { factsOf, message, transfer } from '../../restrictions/evaluation/asks.js';
import { CountingWorld } from './counts/counted-key.js';
import { serverShares } from '../../support/row-guard.js';

const POLICY = parsePolicy({
  limits: [
    { kind: 'total', max_count: 1_000 },
    { kind: 'rolling', window_seconds: 60, max_count: 1_000, of: 'all' },
    { kind: 'total', max_value: '1000', operations: ['transfer'] },
  ],
});
const [TRANSACTIONS, ALL, TRANSFERS] = POLICY.limits?.map(({ scope }) => scope) ?? [];

let world: CountingWorld;
let share: CountedShare;
let previews: PolicyPreviews;
beforeEach(async () => {
  world = await CountingWorld.open();
  share = await world.newKey();
  const shares = serverShares();
  previews = new PolicyPreviews(world.unitOfWork, world.decisions, world.guard, new FindReadable(shares));
});
afterEach(() => world.close());

/** Everything that the limits can ask, at a few places. */
function answersOf(usage: Usage): unknown {
  return POLICY.limits?.map(({ scope }) => {
    const counter = usage.counter(scope);
    const tallies = [counter.total(), counter.upTo(1_100), counter.upTo(1_449)];
    return {
      newestMs: usage.newestMs,
      tallies: tallies.map(({ valueSas, count }) => ({ valueSas, count })),
      when: [counter.whenValueWas(100n), counter.whenCountWas(7), counter.whenCountWas(10_000)],
    };
  });
}

const seen = (mostEntries?: number): Promise<unknown> =>
  previews.usage(
    { id: share.id, clientId: share.clientId, userPublicKeyHex: share.publicKeyHex },
    POLICY,
    answersOf,
    mostEntries,
  );

async function signMany(): Promise<void> {
  await world.write((statements) => {
    for (let index = 0; index < 450; index += 1) {
      world.clock.setMilliseconds(1_000 + index);
      const facts =
        index % 3 === 0
          ? factsOf(message('shown', index.toString(16).padStart(64, '0')))
          : factsOf(transfer({ value: 2n }));
      world.sign(share, facts, [], statements);
      world.record(share, factsOf(transfer({ value: 9n })), statements, 'SIGNING.NOT_ALLOWED');
    }
  });
}

it('shows what a policy would find counted if it came into force, and writes nothing', async () => {
  await signMany();
  const before = await seen();
  expect(await world.rows('SELECT * FROM auth_counters')).toEqual([]);
  const total = { valueSas: 600n, count: 300 };
  const by1100 = { valueSas: 134n, count: 67 };
  expect(before).toMatchObject([
    { newestMs: 1_449, tallies: [total, by1100, total], when: [1_074, 1_010, undefined] },
    {
      tallies: [
        { ...total, count: 450 },
        { ...by1100, count: 101 },
        { ...total, count: 450 },
      ],
    },
    { tallies: [total, by1100, total] },
  ]);
  await new CountSlices(world.unitOfWork, world.guard).prepare(
    share,
    [TRANSACTIONS, ALL, TRANSFERS].flatMap((scope) => scope ?? []),
    '',
  );
  for (const scope of [TRANSACTIONS, ALL, TRANSFERS]) if (scope !== undefined) await world.begin(share, [scope]);
  expect(await world.rows('SELECT 1 FROM auth_counts LIMIT 1')).toHaveLength(1);
  expect(await seen()).toEqual(before);
});

it('mixes what is counted with what is not', async () => {
  await signMany();
  const before = await seen();
  if (ALL === undefined) throw new Error('the policy has three limits');
  await new CountSlices(world.unitOfWork, world.guard).prepare(share, [ALL], '');
  await world.begin(share, [ALL]);
  expect(await seen()).toEqual(before);
});

it('gives up where the record is longer than an answer may take, unless all of it is counted', async () => {
  await signMany();
  expect(await seen(800)).toBe(TOO_MUCH);
  expect(await seen(1_000)).not.toBe(TOO_MUCH);
});
