import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ALL_OPERATION_GROUPS } from '../../../src/restrictions/operation-groups.js';
import { parsePolicy } from '../../../src/restrictions/policy/parse-policy.js';
import { listOfPolicy, policyOfList } from '../../../src/restrictions/policy/policy-and-list.js';
import type { Policy } from '../../../src/restrictions/policy/policy.js';
import { withEnd } from '../../../src/restrictions/terms/terms.js';
import {
  policyFromColumn,
  policyToColumn,
  termsFromColumn,
  termsToColumn,
} from '../../../src/restrictions/terms/terms-column.js';

const someGroups = fc.shuffledSubarray([...ALL_OPERATION_GROUPS]);

const RICH: Policy = parsePolicy({
  operations: ['token_transfers', 'storage:cancel_allocation'],
  recipients: ['ab'.repeat(32)],
  max_value: '18446744073709551615',
  limits: [{ kind: 'rolling', window_seconds: 60, max_value: '5', max_count: 3, operations: ['transfer'] }],
  not_before: 1,
  expires_at: 1_800_000_001,
  hours: [{ days: ['mon'], from: '22:00', to: '06:00', time_zone: 'Europe/Berlin' }],
  creation_window_seconds: 600,
  messages: 'typed',
});

describe('the terms of a split key in a row', () => {
  it('are given back as they were', () => {
    fc.assert(
      fc.property(someGroups, fc.boolean(), fc.nat(), (groups, isRevoked, expiresAtSeconds) => {
        const terms = { policy: withEnd(policyOfList(groups), expiresAtSeconds), isRevoked };
        const back = termsFromColumn(termsToColumn(terms));
        expect(back).toEqual(terms);
        expect(listOfPolicy(back.policy as Policy)).toEqual(groups);
      }),
    );
    expect(termsFromColumn(termsToColumn({ policy: {}, isRevoked: false }))).toEqual({ policy: {}, isRevoked: false });
    expect(termsFromColumn(termsToColumn({ policy: RICH, isRevoked: true }))).toEqual({
      policy: RICH,
      isRevoked: true,
    });
    expect(policyFromColumn(policyToColumn(RICH))).toEqual(RICH);
  });

  it.each([
    '',
    'null',
    '[]',
    '{}',
    '"unrestricted"',
    '{"policy":null}',
    '{"policy":[]}',
    '{"policy":{"operations":null}}',
    '{"policy":{"operations":["*"]}}',
    '{"policy":{"operations":["a group of tomorrow"]}}',
    '{"policy":{"a_rule_of_tomorrow":1}}',
    '{"policy":{"expires_at":"soon"}}',
    '{"policy":{"limits":[]}}',
  ])('are unreadable when they are %s', (column) => {
    expect(termsFromColumn(column)).toEqual({ policy: 'unreadable', isRevoked: false });
  });

  it('stay revoked when nothing else of them can be read', () => {
    expect(termsFromColumn('{"revoked":true}')).toEqual({ policy: 'unreadable', isRevoked: true });
    expect(termsFromColumn('{"policy":{"operations":"x"},"revoked":true}')).toEqual({
      policy: 'unreadable',
      isRevoked: true,
    });
  });

  it('are read once for a text, however many other texts come by', () => {
    const column = termsToColumn({ policy: RICH, isRevoked: false });
    expect(termsFromColumn(column)).toBe(termsFromColumn(column));
    const many = Array.from({ length: 60 }, (_, index) => `${' '.repeat(100_000)}{"policy":{"expires_at":${index}}}`);
    for (const other of many) termsFromColumn(other);
    expect(termsFromColumn(column)).toEqual({ policy: RICH, isRevoked: false });
  });
});

describe('a policy’s end', () => {
  it('is replaced, and 0 is none', () => {
    expect(withEnd(RICH, 7)).toEqual({ ...RICH, expiresAtSeconds: 7 });
    expect(withEnd(RICH, 0)).not.toHaveProperty('expiresAtSeconds');
    expect(withEnd({}, 0)).toEqual({});
  });
});
