import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parsePolicy } from '../../../src/restrictions/policy/parse-policy.js';
import { canonicalPolicy, policyHash, policyToJson } from '../../../src/restrictions/policy/policy-json.js';
import { FRIEND, WALLET } from '../../chain/transaction-texts.js';

const RICH = {
  operations: ['token_transfers', 'storage:cancel_allocation', 'data'],
  recipients: [FRIEND, WALLET],
  max_value: '100000000000',
  limits: [
    { kind: 'rolling', window_seconds: 86_400, max_value: '5', max_count: 3 },
    { kind: 'period', period_seconds: 604_800, anchor: 345_600, max_value: '0', of: 'all' },
    { kind: 'total', max_value: '5', operations: ['storage:cancel_allocation', 'transfer'] },
  ],
  expires_at: 1_800_000_001,
  hours: [
    { days: ['mon', 'tue'], from: '09:00', to: '17:00', time_zone: 'Europe/Berlin' },
    { days: ['sun'], from: '22:00', to: '06:00', time_zone: 'UTC' },
  ],
  creation_window_seconds: 600,
  messages: 'typed',
};

const hashOf = (value: unknown): string => policyHash(parsePolicy(value));

/** The same JSON, with members and list elements in another order, and some elements twice. */
function shuffled(value: unknown, random: () => number): unknown {
  const inAnyOrder = <T>(list: readonly T[]): T[] =>
    list
      .map((one) => ({ one, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ one }) => one);
  if (Array.isArray(value)) {
    const elements: unknown[] = value;
    const twice = elements.length < 4 && random() < 0.5 ? [...elements, elements[0]] : elements;
    return inAnyOrder(twice).map((one) => shuffled(one, random));
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, one]): [string, unknown] => [name, shuffled(one, random)]);
  return Object.fromEntries(inAnyOrder(members));
}

describe('the hash of a policy', () => {
  it('is the SHA-256 of the text by RFC 8785', () => {
    const policy = parsePolicy({ recipients: [WALLET, FRIEND], max_value: '7', operations: ['transfer'] });
    const text = `{"max_value":"7","operations":["transfer"],"recipients":["${FRIEND}","${WALLET}"]}`;
    expect(canonicalPolicy(policy)).toBe(text);
    expect(policyHash(policy)).toBe(createHash('sha256').update(text).digest('hex'));
    expect(canonicalPolicy(parsePolicy({}))).toBe('{}');
  });

  it('does not depend on the order of members or of sets, nor on what is said twice', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (numbers) => {
        const random = (): number => Number(numbers.next().value);
        expect(hashOf(shuffled(RICH, random))).toBe(hashOf(RICH));
      }),
      { numRuns: 300 },
    );
  });

  it('does not depend on letter case of recipients, nor on times that are 0', () => {
    expect(hashOf({ recipients: [FRIEND.toUpperCase()] })).toBe(hashOf({ recipients: [FRIEND] }));
    expect(hashOf({ not_before: 0, expires_at: -0 })).toBe(hashOf({}));
    expect(hashOf({ limits: [{ kind: 'total', max_count: 1, of: 'transactions' }] })).toBe(
      hashOf({ limits: [{ kind: 'total', max_count: 1 }] }),
    );
  });

  it('is another for another policy', () => {
    const others = [
      {},
      { operations: [] },
      { ...RICH, messages: 'none' },
      { ...RICH, max_value: '100000000001' },
      { ...RICH, recipients: [FRIEND] },
      { ...RICH, limits: RICH.limits.slice(1) },
      { ...RICH, creation_window_seconds: 601 },
    ];
    expect(new Set([RICH, ...others].map(hashOf)).size).toBe(others.length + 1);
  });

  it('stays the same when a policy is kept as JSON and read again', () => {
    const again = parsePolicy(JSON.parse(JSON.stringify(policyToJson(parsePolicy(RICH)))));
    expect(policyHash(again)).toBe(hashOf(RICH));
    expect(policyHash(parsePolicy(JSON.parse(canonicalPolicy(again))))).toBe(hashOf(RICH));
  });
});
