import { describe, expect, it } from '@jest/globals';
import { restrictionsCatalogue } from '../../src/restrictions/catalogue.js';
import { contractAt, contractHas, CONTRACTS } from '../../src/chain/contracts.js';
import type { ContractName } from '../../src/chain/contracts.js';
import { ALL_OPERATION_GROUPS, isOperationGroup, OPERATION_GROUPS } from '../../src/restrictions/operation-groups.js';

const CONTRACT_NAMES = Object.keys(CONTRACTS) as ContractName[];
const PREFIX = '6dba10422e368813802877a85039d3985d96760ed844092319743fb3a76712';

const catalogue = restrictionsCatalogue();
const functionsIn = (group: string): string[] =>
  catalogue.find((entry) => entry.group === group)?.functions.map(({ contract, name }) => `${contract}/${name}`) ?? [];

describe('contracts', () => {
  it.each([
    ['storage', `${PREFIX}d7`],
    ['miner', `${PREFIX}d9`],
    ['bridge', `${PREFIX}e0`],
    ['faucet', `${PREFIX}d3`],
    ['vesting', '2bba5b05949ea59c80aed3ac3474d7379d3be737e8eb5a968c52295e48333ead'],
    ['multisig', '27b5ef7120252b79f9dd9c05505dd28f328c80f6863ee446daede08a84d651a7'],
  ])('finds %s at its address', (name, address) => {
    expect(contractAt(address)).toBe(name);
  });

  it.each([`${PREFIX}d1`, `${PREFIX}d5`, 'cf8d0df9bd8cc637a4ff4e792ffe3686da6220c45f0e1103baa609f3f1751ef4'])(
    'knows the retired contract at %s, without a function',
    (address) => {
      const contract = contractAt(address);
      expect(contract && CONTRACTS[contract].functions).toEqual([]);
    },
  );

  it.each([`${PREFIX}D7`, '', 'constructor', '__proto__', `${PREFIX}d8`])('knows no contract at "%s"', (address) => {
    expect(contractAt(address)).toBeUndefined();
  });

  it.each(['constructor', '__proto__', 'toString', 'length', 'Pour', 'pour '])('has no function "%s"', (name) => {
    expect(contractHas('faucet', name)).toBe(false);
  });

  it.each(CONTRACT_NAMES)('has a 64-digit lower-case address for %s, like no other', (name) => {
    const { address } = CONTRACTS[name];
    expect(address).toMatch(/^[0-9a-f]{64}$/);
    expect(contractAt(address)).toBe(name);
  });
});

describe('operation groups', () => {
  it('put every function of every contract into exactly one group', () => {
    const grouped = catalogue.flatMap(({ group }) => functionsIn(group)).filter((name) => name !== 'none/transfer');
    const existing = CONTRACT_NAMES.flatMap((contract) => CONTRACTS[contract].functions.map((f) => `${contract}/${f}`));
    expect(grouped.sort()).toEqual(existing.sort());
  });

  it('tell the two collect_reward apart by contract', () => {
    expect(functionsIn('storage_rewards')).toContain('storage/collect_reward');
    expect(functionsIn('storage_rewards')).not.toContain('miner/collect_reward');
    expect(functionsIn('miner_financial_operations')).toContain('miner/collect_reward');
    expect(functionsIn('miner_financial_operations')).not.toContain('storage/collect_reward');
  });

  it('hold what the clients put into theirs', () => {
    expect(functionsIn('token_transfers')).toEqual(['none/transfer', 'faucet/pour']);
    expect(functionsIn('token_bridging')).toEqual(['bridge/mint', 'bridge/burn']);
    expect(functionsIn('authorizer_management_operations')).toEqual(['bridge/delete-authorizer']);
    expect(functionsIn('allocation_file_operations')).toEqual(['storage/read_redeem', 'storage/commit_connection']);
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', '', '*', 'Token_transfers', 'token_transfers '])(
    'do not include "%s"',
    (name) => {
      expect(isOperationGroup(name)).toBe(false);
    },
  );
});

describe('the catalogue', () => {
  it('shows every group once, each with one line of explanation', () => {
    expect(catalogue.map(({ group }) => group)).toEqual(ALL_OPERATION_GROUPS);
    expect(Object.keys(OPERATION_GROUPS)).toHaveLength(catalogue.length);
    for (const { summary } of catalogue) expect(summary).toMatch(/^[A-Z][^\n]{10,120}$/);
  });

  it('gives each function with its contract and address', () => {
    const pour = catalogue.flatMap(({ functions }) => functions).find(({ name }) => name === 'pour');
    expect(pour).toEqual({ contract: 'faucet', address: `${PREFIX}d3`, name: 'pour' });
  });

  it('says plainly that message signing allows everything', () => {
    expect(catalogue.find(({ group }) => group === 'message_signing')?.summary).toMatch(/any transaction/);
    expect(catalogue.find(({ group }) => group === 'data_signing')?.summary).toMatch(/not 32 bytes/);
  });
});
