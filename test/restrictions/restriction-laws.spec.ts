import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contractAt, contractHas, CONTRACTS } from '../../src/chain/contracts.js';
import type { ContractName } from '../../src/chain/contracts.js';
import { ALL_OPERATION_GROUPS, definitionOf } from '../../src/restrictions/operation-groups.js';
import type { OperationGroup } from '../../src/restrictions/operation-groups.js';
import { transactionFacts } from '../../src/restrictions/facts/facts.js';
import { parseTransaction, withSignature } from '../../src/chain/parse-transaction.js';
import { transactionPreimage } from '../../src/chain/transaction-hash.js';
import type { SignedFields } from '../../src/chain/transaction-hash.js';
import { askText, FRIEND, outcome, outcomeOf, transactionText, WALLET } from '../chain/transaction-texts.js';

const CONTRACT_NAMES = Object.keys(CONTRACTS) as ContractName[];
const FUNCTION_NAMES = [...new Set(CONTRACT_NAMES.flatMap((name): readonly string[] => CONTRACTS[name].functions))];

const hex64 = fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcdef')), minLength: 64, maxLength: 64 });
const uint64 = fc.oneof(fc.bigInt(0n, 20n), fc.bigInt(0n, 2n ** 64n - 1n));
const int64 = fc.oneof(fc.bigInt(0n, 20n), fc.bigInt(0n, 2n ** 63n - 1n));
const groups = fc.uniqueArray(fc.constantFrom(...ALL_OPERATION_GROUPS));

/** Members of the data's object as key and value texts: few words, so that they often collide. */
const key = fc.constantFrom('name', 'Name', 'NAME', 'nAmE', 'n\\u0061me', 'input', 'Input', 'note', '__proto__', 'x');
const value = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('transfer', ...FUNCTION_NAMES).map((name) => JSON.stringify(name)) },
  { weight: 1, arbitrary: fc.constantFrom('null', '7', '{}', '[]', '"Mint"', '"mint "', '""') },
);
const members = fc.oneof(
  value.map((name): [string, string][] => [
    ['name', name],
    ['input', '{}'],
  ]),
  value.map((name): [string, string][] => [
    ['input', 'null'],
    ['name', name],
  ]),
  fc.array(fc.tuple(key, value), { maxLength: 4 }),
);
const address = fc.oneof(fc.constantFrom(...CONTRACT_NAMES.map((name) => CONTRACTS[name].address), FRIEND, ''), hex64);

/** What Go's json.Unmarshal would put into the function name: any letter case, the last one wins, null is skipped. */
function nameAsGoReadsIt(pairs: readonly (readonly [string, string])[]): string | undefined {
  let name = '';
  for (const [writtenKey, text] of pairs) {
    const decoded = JSON.parse(`"${writtenKey}"`) as string;
    const read = JSON.parse(text) as unknown;
    if (decoded.toLowerCase() !== 'name' || read === null) continue;
    if (typeof read !== 'string') return undefined;
    name = read;
  }
  return name;
}

const listAllows = (list: readonly OperationGroup[], contract: ContractName, name: string): boolean =>
  list.some((group) => (definitionOf(group).functions[contract] as readonly string[] | undefined)?.includes(name));

describe('whatever type a signed transaction is submitted under', () => {
  it('it does nothing outside the list', () => {
    let allowedOnes = 0;
    fc.assert(
      fc.property(
        groups,
        fc.constantFrom(0, 10, 1000, 1000, 1000, 2, 101),
        address,
        members,
        fc.constantFrom('0', '5'),
        (list, type, to, pairs, sas) => {
          const data = `{${pairs.map(([k, v]) => `"${k}":${v}`).join(',')}}`;
          if (outcome(list, { type, to, data, value: sas }) !== 'allowed') return;
          allowedOnes++;
          const contract = contractAt(to);
          const name = nameAsGoReadsIt(pairs);
          if (contract !== undefined) {
            // Submitted as type 1000 it is this call; as type 0 its value is lost to the contract (`operationOf`).
            expect(name !== undefined && contractHas(contract, name) && listAllows(list, contract, name)).toBe(true);
          } else if (sas !== '0') {
            // Submitted as type 0 it moves tokens.
            expect(list).toContain('token_transfers');
          } else {
            expect(list.some((group) => group === 'token_transfers' || group === 'data_storage')).toBe(true);
          }
        },
      ),
      { numRuns: 20_000 },
    );
    // A law about allowed transactions says nothing if none was allowed.
    expect(allowedOnes).toBeGreaterThan(50);
  });

  it('a shorter list never allows more', () => {
    fc.assert(
      fc.property(groups, groups, address, members, fc.constantFrom(0, 10, 1000), (list, more, to, pairs, type) => {
        const data = `{${pairs.map(([k, v]) => `"${k}":${v}`).join(',')}}`;
        const facts = transactionFacts(parseTransaction(askText({ type, to, data })));
        const allowed = (by: readonly OperationGroup[]): boolean => outcomeOf(by, facts) === 'allowed';
        expect(allowed([...list, ...more])).toBe(allowed(list) || allowed(more));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the hashed string', () => {
  const signedFields: fc.Arbitrary<SignedFields> = fc.record({
    creationDateSeconds: int64,
    nonce: int64,
    clientId: fc.oneof(fc.constant(WALLET), hex64),
    toClientId: fc.oneof(fc.constantFrom('', FRIEND), hex64),
    valueSas: uint64,
    data: fc.oneof(fc.constantFrom('', ':', 'a'), fc.string({ unit: 'grapheme' })),
  });

  const parsed = (fields: SignedFields): SignedFields =>
    parseTransaction(
      transactionText({
        creation_date: String(fields.creationDateSeconds),
        transaction_nonce: String(fields.nonce),
        client_id: JSON.stringify(fields.clientId),
        to_client_id: JSON.stringify(fields.toClientId),
        transaction_value: String(fields.valueSas),
        transaction_data: JSON.stringify(fields.data),
      }),
    );

  it('differs whenever a signed field differs', () => {
    fc.assert(
      fc.property(
        signedFields,
        signedFields,
        fc.subarray(['nonce', 'clientId', 'toClientId', 'valueSas', 'data']),
        (one, other, same) => {
          const second = {
            ...other,
            ...Object.fromEntries(same.map((field) => [field, one[field as keyof SignedFields]])),
          };
          const equal = (Object.keys(one) as (keyof SignedFields)[]).every((field) => one[field] === second[field]);
          expect(transactionPreimage(parsed(one)) === transactionPreimage(parsed(second))).toBe(equal);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('can be taken apart again in one way only', () => {
    fc.assert(
      fc.property(signedFields, (fields) => {
        const parts = transactionPreimage(parsed(fields)).split(':');
        expect(parts.slice(0, 5)).toEqual(
          [fields.creationDateSeconds, fields.nonce, fields.clientId, fields.toClientId, fields.valueSas].map(String),
        );
        expect(parts).toHaveLength(6);
      }),
    );
  });
});

describe('replacing the signature', () => {
  it('keeps every other byte of a compact document, in any order of its fields', () => {
    const number = fc.oneof(
      uint64.map(String),
      fc.constantFrom('-0', '1.0', '1e400', '0.10', '123456789012345678901234567890'),
    );
    const unknown = fc.array(fc.tuple(fc.stringMatching(/^x[a-z]{0,8}$/), number), { maxLength: 5 });
    fc.assert(
      fc.property(uint64, unknown, (valueSas, extra) => {
        const text = transactionText({
          signature: '"old"',
          transaction_value: String(valueSas),
          ...Object.fromEntries(extra),
        });
        expect(withSignature(parseTransaction(text), 'new')).toBe(text.replace('"old"', '"new"'));
      }),
    );
  });
});
