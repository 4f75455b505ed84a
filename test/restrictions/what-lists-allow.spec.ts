import { describe, expect, it } from '@jest/globals';
import { restrictionsCatalogue } from '../../src/restrictions/catalogue.js';
import { CONTRACTS } from '../../src/chain/contracts.js';
import type { ContractName } from '../../src/chain/contracts.js';
import { messageFacts } from '../../src/restrictions/facts/facts.js';
import { ALL_OPERATION_GROUPS } from '../../src/restrictions/operation-groups.js';
import type { OperationGroup } from '../../src/restrictions/operation-groups.js';
import type { RestrictionList } from '../../src/restrictions/restriction-list.js';
import type { TextShown } from '../../src/restrictions/facts/facts.js';
import { addressOf, callOf, FRIEND, outcome, outcomeOf, WALLET } from '../chain/transaction-texts.js';

const CONTRACT_NAMES = Object.keys(CONTRACTS) as ContractName[];
const allBut = (group: OperationGroup): OperationGroup[] => ALL_OPERATION_GROUPS.filter((other) => other !== group);
/** Of messages; 32 is a hash's. */
const LENGTHS = [1, 16, 31, 32, 33, 64, 1024];
/** What is decided of a message of so many bytes, which no text of its own may change. */
function ofMessage(list: RestrictionList, bytes: number): string {
  const texts: readonly TextShown[] = ['not-shown', 'shown', 'reads-as-transaction'];
  const [first, ...others] = texts.map((text) => outcomeOf(list, messageFacts('ab'.repeat(bytes), text)));
  expect(new Set(others)).toEqual(new Set([first]));
  return String(first);
}
const storage = addressOf('storage');
const newAllocation = (data: string): string =>
  outcome(['allocation_storage_operations'], { type: 1000, to: storage, data });

const everyCall = restrictionsCatalogue().flatMap(({ group, functions }) =>
  functions.filter(({ address }) => address !== '').map((called) => ({ group, ...called })),
);

describe('a contract call', () => {
  it.each(everyCall)('$contract/$name is allowed by $group', ({ group, address, name }) => {
    expect(outcome([group], { type: 1000, to: address, data: callOf(name) })).toBe('allowed');
  });

  it.each(everyCall)('$contract/$name is allowed by no other group than $group', ({ group, address, name }) => {
    const ask = { type: 1000, to: address, data: callOf(name) };
    expect(outcome(allBut(group), ask)).toBe('outside-restrictions');
  });

  it.each(everyCall)('$contract/$name is not to be had on any contract without it', ({ group, name }) => {
    for (const other of CONTRACT_NAMES.filter(
      (contract) => !(CONTRACTS[contract].functions as readonly string[]).includes(name),
    )) {
      expect(outcome([group], { type: 1000, to: addressOf(other), data: callOf(name) })).toBe('unknown-function');
    }
  });

  it('is refused by the empty list', () => {
    expect(outcome([], { type: 1000, to: storage, data: callOf('new_allocation_request') })).toBe(
      'outside-restrictions',
    );
  });

  it('to collect rewards of miners is not allowed by the storage rewards, nor the other way round', () => {
    const data = callOf('collect_reward');
    expect(outcome(['storage_rewards'], { type: 1000, to: addressOf('miner'), data })).toBe('outside-restrictions');
    expect(outcome(['miner_financial_operations'], { type: 1000, to: storage, data })).toBe('outside-restrictions');
  });

  it.each([FRIEND, WALLET, '', storage.replace(/7$/, '8')])('to "%s" is refused: no contract is known there', (to) => {
    expect(outcome(ALL_OPERATION_GROUPS, { type: 1000, to, data: callOf('pour') })).toBe('unknown-contract');
  });

  it.each(['fees', 'zrc20', 'interest_pool'] as const)('to the retired contract %s is refused', (contract) => {
    const ask = { type: 1000, to: addressOf(contract), data: callOf('lock') };
    expect(outcome(ALL_OPERATION_GROUPS, ask)).toBe('unknown-function');
  });

  it.each(['payFees', 'generate_challenge', 'blobber_block_rewards', 'pay_reward', 'transfer', 'data', ''])(
    'of "%s", which is not for wallets, is refused on every contract',
    (name) => {
      for (const contract of CONTRACT_NAMES) {
        const ask = { type: 1000, to: addressOf(contract), data: callOf(name) };
        expect(outcome(ALL_OPERATION_GROUPS, ask)).toBe('unknown-function');
      }
    },
  );

  it.each([
    'New_allocation_request',
    'NEW_ALLOCATION_REQUEST',
    ' new_allocation_request',
    'new_allocation_request\0',
    'new_allocation_request\ud800',
    'new-allocation-request',
    'constructor',
    '__proto__',
    'toString',
  ])('of the misspelled function %j is refused', (name) => {
    expect(newAllocation(callOf(name))).toBe('unknown-function');
  });
});

describe('a transfer', () => {
  it.each([callOf('transfer'), '{"name":"transfer","input":{"note":"rent"}}', '{"note":""}', '{"note":"name"}'])(
    'with the data that wallets send is allowed by token_transfers only: %s',
    (data) => {
      expect(outcome(['token_transfers'], { data, value: '5' })).toBe('allowed');
      expect(outcome(allBut('token_transfers'), { data, value: '5' })).toBe('outside-restrictions');
    },
  );

  it.each(CONTRACT_NAMES)('to the contract %s is refused: the same hash could be a call', (contract) => {
    for (const name of ['transfer', ...CONTRACTS[contract].functions]) {
      const ask = { to: addressOf(contract), data: callOf(name), value: '5' };
      expect(outcome(ALL_OPERATION_GROUPS, ask)).toBe('transfer-to-contract');
    }
  });

  it.each([
    callOf('kill_blobber'),
    callOf('Transfer'),
    '{"name":"transfer","Name":"steal","input":1}',
    '{"name":"transfer","name":"transfer","input":1}',
    '{"note":"","name":"steal"}',
    '{"note":"","Name":"steal"}',
    '{"note":"","note":""}',
    '{"Note":""}',
    '{"note":null}',
    '{"note":{}}',
    '{}',
    '{rent',
    ' {}',
    'null',
    '\n null\t',
    `\ufeff${callOf('transfer')}`,
    `\u00a0${callOf('steal')}`,
    '\0{}',
    '\ufeffnull\0',
  ])('whose data could name a function is refused, for contracts not known here: %s', (data) => {
    expect(outcome(ALL_OPERATION_GROUPS, { data, value: '5' })).toBe('transfer-with-call');
  });

  it.each([
    '',
    ' ',
    'rent',
    'null and void',
    'NULL',
    '"{}"',
    '[{"name":"steal"}]',
    '7',
    'to {you}',
    '\ufeffrent',
    '}{',
  ])('may have the note %j, which no decoder takes for an object', (data) => {
    expect(outcome(['token_transfers'], { data, value: '5' })).toBe('allowed');
    expect(outcome([], { data, value: '5' })).toBe('outside-restrictions');
  });

  it('is judged alike however much stands before an object, or around null', () => {
    for (const data of [' '.repeat(60_000), `null${'\0'.repeat(60_000)}x`, `${'\ufeff'.repeat(60_000)}{`]) {
      expect(outcome(['token_transfers'], { data })).toBe(data.endsWith('{') ? 'transfer-with-call' : 'allowed');
    }
  });
});

describe('a data transaction', () => {
  it('is allowed by data_storage only, whatever the data', () => {
    for (const data of ['', 'anything', callOf('kill_blobber'), '[1,2]']) {
      expect(outcome(['data_storage'], { type: 10, data, to: '' })).toBe('allowed');
      expect(outcome(['data_storage'], { type: 10, data, to: FRIEND })).toBe('allowed');
      expect(outcome(allBut('data_storage'), { type: 10, data, to: '' })).toBe('outside-restrictions');
    }
  });

  it('with a value is refused: the same hash could be a transfer', () => {
    expect(outcome(ALL_OPERATION_GROUPS, { type: 10, value: '1' })).toBe('data-with-value');
    expect(outcome(ALL_OPERATION_GROUPS, { type: 10, value: '18446744073709551615' })).toBe('data-with-value');
  });

  it.each(CONTRACT_NAMES)('to the contract %s is refused: the same hash could be a call', (contract) => {
    for (const name of CONTRACTS[contract].functions) {
      expect(outcome(ALL_OPERATION_GROUPS, { type: 10, to: addressOf(contract), data: callOf(name) })).toBe(
        'data-to-contract',
      );
    }
  });
});

describe('any other type', () => {
  it.each([1, 2, 9, 11, 101, 103, 999, 1001, 1000000])('%d is refused for a key with a list', (type) => {
    for (const to of [FRIEND, storage, '']) {
      const ask = { type, to, data: callOf('new_allocation_request') };
      expect(outcome(ALL_OPERATION_GROUPS, ask)).toBe('unknown-transaction-type');
    }
  });
});

describe('a key without a list', () => {
  it.each([
    { type: 0, to: storage, data: callOf('kill_blobber'), value: '5' },
    { type: 1000, to: FRIEND, data: 'anything' },
    { type: 10, to: storage, value: '5' },
    { type: 77 },
  ])('may sign any transaction: %j', (ask) => {
    expect(outcome('unrestricted', ask)).toBe('allowed');
  });

  it.each(LENGTHS)('may sign any message of %d bytes', (length) => {
    expect(ofMessage('unrestricted', length)).toBe('allowed');
  });
});

describe('a message', () => {
  it('of 32 bytes, which may be the hash of a transaction, is signed with a list only if it holds message_signing', () => {
    expect(ofMessage(['message_signing'], 32)).toBe('allowed');
    for (const list of [allBut('message_signing'), ['data_signing'] as const, []]) {
      expect(ofMessage(list, 32)).toBe('messages-not-allowed');
    }
  });

  it.each(LENGTHS.filter((length) => length !== 32))(
    'of %d bytes is signed with a list that holds data_signing or message_signing, and no other',
    (length) => {
      expect(ofMessage(['message_signing'], length)).toBe('allowed');
      expect(ofMessage(['data_signing'], length)).toBe('allowed');
      for (const list of [allBut('message_signing').filter((group) => group !== 'data_signing'), []]) {
        expect(ofMessage(list, length)).toBe('data-signing-not-allowed');
      }
    },
  );

  it.each(['message_signing', 'data_signing'] as const)('group %s allows no transaction by itself', (group) => {
    for (const type of [0, 10, 1000]) expect(outcome([group], { type, to: FRIEND })).not.toBe('allowed');
    for (const { address, name } of everyCall) {
      expect(outcome([group], { type: 1000, to: address, data: callOf(name) })).toBe('outside-restrictions');
    }
  });
});
