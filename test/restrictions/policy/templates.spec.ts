import { describe, expect, it } from '@jest/globals';
import { exposureOf } from '../../../src/restrictions/exposure/exposure.js';
import { parsePolicy } from '../../../src/restrictions/policy/parse-policy.js';
import { policyToJson } from '../../../src/restrictions/policy/policy-json.js';
import { policyTemplates } from '../../../src/restrictions/policy/templates.js';
import { transfer } from '../evaluation/asks.js';
import { NEVER } from '../evaluation/signed-before.js';
import { NOON, NOON_MS, verdict } from '../evaluation/verdicts.js';

const templates = policyTemplates(NOON);

describe('the templates', () => {
  it('have names and one sentence each', () => {
    const names = templates.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(['pay_in_only', 'storage_user', 'blobber_operator', 'spending_card']));
    for (const { name, summary } of templates) {
      expect(name).toMatch(/^[a-z_]+$/);
      expect(summary).toMatch(/^[A-Z][^\n]{20,200}[^.]$/);
    }
  });

  it.each(templates)('$name is a complete policy, in every century', ({ policy, replace }) => {
    expect(policyToJson(parsePolicy(policy))).toEqual(policy);
    expect(Object.keys(policy)).toEqual(expect.arrayContaining([...replace]));
    expect(policyTemplates(0)).toHaveLength(templates.length);
    for (const other of policyTemplates(4_000_000_000)) expect(() => parsePolicy(other.policy)).not.toThrow();
  });

  it.each(templates)(
    '$name bounds what it can do: messages become no transactions, and tokens have a limit',
    ({ policy }) => {
      const exposure = exposureOf(parsePolicy(policy), NEVER, { nowMs: NOON_MS, hashesAreBelieved: false });
      expect(exposure.messagesCanBeTransactions).toBe(false);
      expect(exposure.calls).not.toBe('any');
      expect(exposure.movable.in30Days).not.toBe('unlimited');
    },
  );

  it('let a card pay until its limit, and a standing order nobody before its recipient is named', () => {
    const policyOf = (name: string): unknown => templates.find((one) => one.name === name)?.policy;
    const created = NOON;
    const pay = (value: bigint): ReturnType<typeof transfer> => transfer({ value, created });
    const signed = [1, 2, 3].map((msAgo) => ({ ask: pay(100_000_000_000n), atMs: NOON_MS - msAgo }));
    const third = verdict(policyOf('spending_card'), pay(100_000_000_000n), { signed: signed.slice(1) });
    expect(third).toBe('allowed');
    expect(verdict(policyOf('spending_card'), pay(1n), { signed })).toBe('limits[0] limit-reached');
    expect(verdict(policyOf('standing_order'), pay(1n))).toBe('recipients recipient-not-allowed');
    expect(verdict(policyOf('paused'), pay(0n))).toBe('operations outside-restrictions');
  });
});
