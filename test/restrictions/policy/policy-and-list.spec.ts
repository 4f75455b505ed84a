import { describe, expect, it } from '@jest/globals';
import { ALL_OPERATION_GROUPS, definitionOf } from '../../../src/restrictions/operation-groups.js';
import { messageTerms, saysMore } from '../../../src/restrictions/policy/message-terms.js';
import { parsePolicy } from '../../../src/restrictions/policy/parse-policy.js';
import { agrees, listOfPolicy, policyOfList, withList } from '../../../src/restrictions/policy/policy-and-list.js';
import { policyToJson } from '../../../src/restrictions/policy/policy-json.js';
import type { RestrictionList } from '../../../src/restrictions/restriction-list.js';
import { FRIEND } from '../../chain/transaction-texts.js';

const LISTS: readonly RestrictionList[] = [
  'unrestricted',
  [],
  ['token_transfers'],
  ['miner_operations', 'message_signing', 'data_signing', 'allocation_file_operations'],
  ALL_OPERATION_GROUPS,
];

const inOrder = (list: RestrictionList): readonly string[] => (list === 'unrestricted' ? ['*'] : list.toSorted());

describe('a list of restrictions', () => {
  it.each(LISTS.map((list) => [list]))('is a policy of operations alone, and is had back from it: %j', (list) => {
    const policy = policyOfList(list);
    expect(policyToJson(policy)).toEqual(list === 'unrestricted' ? {} : { operations: list });
    expect(saysMore(policy)).toBe(false);
    expect(inOrder(listOfPolicy(policy))).toEqual(inOrder(list));
    expect(agrees(policy, list)).toBe(true);
  });

  it('agrees with a policy that names the same in other words, and with no other', () => {
    const { functions } = definitionOf('allocation_file_operations');
    const named = parsePolicy({ operations: functions.storage?.map((name) => `storage:${name}`) });
    expect(agrees(named, ['allocation_file_operations'])).toBe(true);
    expect(agrees(named, ['token_transfers'])).toBe(false);
    expect(agrees(named, [])).toBe(false);
    expect(agrees(named, 'unrestricted')).toBe(false);
    expect(agrees({}, 'unrestricted')).toBe(true);
    expect(agrees({}, ALL_OPERATION_GROUPS)).toBe(false);
    expect(agrees(parsePolicy({ operations: ['transfer'] }), ['token_transfers'])).toBe(false);
  });

  it('shows of a policy the groups that it allows whole', () => {
    const operations = ['storage:read_redeem', 'transfer', 'data', 'faucet_operations'];
    expect(listOfPolicy(parsePolicy({ operations }))).toEqual(['faucet_operations', 'data_storage']);
    expect(listOfPolicy(parsePolicy({ operations: [...operations, 'storage:commit_connection'] }))).toContain(
      'allocation_file_operations',
    );
  });
});

describe('writing a list on a key with a policy', () => {
  it('replaces the operations and nothing else', () => {
    const before = { operations: ['transfer'], recipients: [FRIEND], max_value: '7' };
    const after = withList(parsePolicy(before), ['token_transfers', 'miner_operations']);
    expect(policyToJson(after)).toEqual({ ...before, operations: ['token_transfers', 'miner_operations'] });
    expect(policyToJson(withList(parsePolicy(before), 'unrestricted'))).toEqual({
      recipients: [FRIEND],
      max_value: '7',
    });
  });

  it('leaves the groups of messages out where the policy says more, and there alone', () => {
    const list: RestrictionList = ['token_transfers', 'message_signing', 'data_signing'];
    for (const more of [{ max_value: '7' }, { messages: 'none' }, { messages: 'typed' }, { messages: 'any' }]) {
      const after = withList(parsePolicy(more), list);
      expect(policyToJson(after)).toEqual({ ...more, operations: ['token_transfers'] });
      expect(messageTerms(after)).toBe(messageTerms(parsePolicy(more)));
    }
    expect(policyToJson(withList(parsePolicy({ expires_at: 7 }), list))).toEqual({ expires_at: 7, operations: list });
  });

  it('is refused where its recipients could never be sent to', () => {
    expect(() => withList(parsePolicy({ recipients: [FRIEND] }), ['miner_operations'])).toThrow(
      /^policy\.recipients: /,
    );
  });
});

describe('what a policy means for messages', () => {
  it.each<[string, Record<string, unknown>]>([
    ['any', {}],
    ['any', { not_before: 1, expires_at: 2 }],
    ['any', { operations: ['message_signing'] }],
    ['any', { max_value: '1', messages: 'any' }],
    ['data', { operations: ['data_signing'] }],
    ['data', { operations: ['data_signing'], expires_at: 2 }],
    ['none', { operations: [] }],
    ['none', { operations: ['token_transfers'], not_before: 1 }],
    ['none', { messages: 'none' }],
    ['typed', { messages: 'typed' }],
    ['typed', { max_value: '1' }],
    ['typed', { recipients: [FRIEND] }],
    ['typed', { limits: [{ kind: 'total', max_count: 1 }] }],
    ['typed', { creation_window_seconds: 1 }],
    ['typed', { hours: [{ days: ['mon'], from: '09:00', to: '10:00', time_zone: 'UTC' }] }],
    ['typed', { operations: [], max_value: '1' }],
    ['typed', { operations: ['data_signing'], max_value: '1' }],
  ])('is %s: %j', (terms, value) => {
    expect(messageTerms(parsePolicy(value))).toBe(terms);
  });
});
