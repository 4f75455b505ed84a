import {
  A_PLAIN_ADDRESS,
  contractCall,
  FAUCET_CONTRACT,
  MINER_CONTRACT,
  STORAGE_CONTRACT,
  transfer,
} from '../../support/transactions.js';
import type { TestTransaction } from '../../support/transactions.js';

interface Wallet {
  readonly client_id: string;
  readonly client_key: string;
}

/** A transaction whose hash and partial signature are right, and which the list must not allow. */
export interface Attack {
  readonly what: string;
  readonly list: readonly string[];
  readonly reason: string;
  readonly of: (wallet: Wallet) => TestTransaction;
}

const [TRANSFERS, REWARDS, DATA] = [['token_transfers'], ['storage_rewards'], ['data_storage']];
const EVERYTHING_BUT_MESSAGES = ['token_transfers', 'storage_rewards', 'miner_financial_operations', 'data_storage'];

const pour = (wallet: Wallet): TestTransaction => contractCall(wallet, FAUCET_CONTRACT, 'pour');
const withData =
  (data: string) =>
  (wallet: Wallet): TestTransaction => ({ ...pour(wallet), transaction_data: data });
const ofType =
  (type: string) =>
  (wallet: Wallet): TestTransaction => ({ ...transfer(wallet), transaction_type: type });

const dataOnly = (wallet: Wallet): TestTransaction => ({ ...transfer(wallet, '0'), transaction_type: '10' });

/** Spellings of the data that Go could read as another call than `pour` (wire.md section 6). */
const AMBIGUOUS_DATA: readonly (readonly [string, string])[] = [
  ['a second name, later', '{"name":"pour","input":{},"name":"refill"}'],
  ['a second name, earlier', '{"name":"refill","name":"pour","input":{}}'],
  ['the name twice, the same', '{"name":"pour","name":"pour","input":{}}'],
  ['a second name in capitals', '{"name":"pour","NAME":"refill","input":{}}'],
  ['a second name with one capital', '{"Name":"refill","name":"pour","input":{}}'],
  ['a second name, escaped', String.raw`{"name":"pour","n\u0061me":"refill","input":{}}`],
  ['only a name in capitals', '{"NAME":"pour","input":{}}'],
  ['an input in another case', '{"name":"pour","Input":{},"input":{}}'],
  ['a key beside the two', '{"name":"pour","input":{},"extra":1}'],
  ['__proto__ beside the two', '{"name":"pour","input":{},"__proto__":{"name":"refill"}}'],
  ['no input', '{"name":"pour"}'],
  ['no name', '{"input":{}}'],
  ['a name that is null', '{"name":null,"input":{}}'],
  ['a name that is a list', '{"name":["pour"],"input":{}}'],
  ['a name that is a number', '{"name":1,"input":{}}'],
  ['a list around it', '[{"name":"pour","input":{}}]'],
  ['a string around it', JSON.stringify('{"name":"pour","input":{}}')],
  ['something after it', '{"name":"pour","input":{}}{"name":"refill","input":{}}'],
  ['a byte order mark before it', '\uFEFF{"name":"pour","input":{}}'],
  ['a comment in it', '{"name":"pour",/**/"input":{}}'],
  ['a comma too many', '{"name":"pour","input":{},}'],
  ['nothing at all', ''],
  ['only a name', 'pour'],
];

/** Names that are not exactly a function's. */
const NO_FUNCTIONS = [
  'Pour',
  'POUR',
  'pour ',
  ' pour',
  'pour\u0000',
  'po\u200Bur',
  '\u0440our',
  'transfer',
  'constructor',
  '',
];

export const ATTACKS: readonly Attack[] = [
  {
    what: "another group's function",
    list: TRANSFERS,
    reason: 'outside-restrictions',
    of: (wallet) => contractCall(wallet, STORAGE_CONTRACT, 'collect_reward'),
  },
  {
    what: 'a function of the right contract outside the list',
    list: TRANSFERS,
    reason: 'outside-restrictions',
    of: (wallet) => contractCall(wallet, FAUCET_CONTRACT, 'refill'),
  },
  {
    what: 'an allowed name at another contract that has it too',
    list: REWARDS,
    reason: 'outside-restrictions',
    of: (wallet) => contractCall(wallet, MINER_CONTRACT, 'collect_reward'),
  },
  {
    what: 'the same, the other way round',
    list: ['miner_financial_operations'],
    reason: 'outside-restrictions',
    of: (wallet) => contractCall(wallet, STORAGE_CONTRACT, 'collect_reward'),
  },
  {
    what: 'an allowed name at a contract that does not have it',
    list: TRANSFERS,
    reason: 'unknown-function',
    of: (wallet) => contractCall(wallet, STORAGE_CONTRACT, 'pour'),
  },
  {
    what: 'an allowed name at an address of no contract',
    list: TRANSFERS,
    reason: 'unknown-contract',
    of: (wallet) => contractCall(wallet, A_PLAIN_ADDRESS, 'pour'),
  },
  {
    what: 'an allowed name at no address',
    list: TRANSFERS,
    reason: 'unknown-contract',
    of: (wallet) => contractCall(wallet, '', 'pour'),
  },
  { what: 'a transfer said to be a call', list: TRANSFERS, reason: 'unknown-contract', of: ofType('1000') },
  {
    what: 'a call said to be a transfer',
    list: TRANSFERS,
    reason: 'transfer-to-contract',
    of: (wallet) => ({ ...contractCall(wallet, STORAGE_CONTRACT, 'kill_blobber'), transaction_type: '0' }),
  },
  {
    what: 'an allowed call said to be a transfer',
    list: TRANSFERS,
    reason: 'transfer-to-contract',
    of: (wallet) => ({ ...pour(wallet), transaction_type: '0' }),
  },
  {
    what: 'a plain transfer to a contract',
    list: TRANSFERS,
    reason: 'transfer-to-contract',
    of: (wallet) => ({ ...transfer(wallet), to_client_id: MINER_CONTRACT }),
  },
  {
    what: 'a transfer to a contract of former days',
    list: TRANSFERS,
    reason: 'transfer-to-contract',
    of: (wallet) => ({ ...transfer(wallet), to_client_id: `${STORAGE_CONTRACT.slice(0, -2)}d1` }),
  },
  {
    what: 'a transfer whose data calls a function',
    list: TRANSFERS,
    reason: 'transfer-with-call',
    of: (wallet) => ({ ...transfer(wallet), transaction_data: '{"name":"mint","input":{}}' }),
  },
  {
    what: 'a transfer whose data has two names',
    list: TRANSFERS,
    reason: 'transfer-with-call',
    of: (wallet) => ({ ...transfer(wallet), transaction_data: '{"name":"transfer","Name":"mint","input":{}}' }),
  },
  { what: 'a transfer without the group', list: REWARDS, reason: 'outside-restrictions', of: transfer },
  { what: 'a transfer with an empty list', list: [], reason: 'outside-restrictions', of: transfer },
  { what: 'a call with an empty list', list: [], reason: 'outside-restrictions', of: pour },
  { what: 'data with an empty list', list: [], reason: 'outside-restrictions', of: dataOnly },
  { what: 'a transfer said to be data', list: DATA, reason: 'data-with-value', of: ofType('10') },
  {
    what: 'data with the least of values',
    list: DATA,
    reason: 'data-with-value',
    of: (wallet) => ({ ...transfer(wallet, '1'), transaction_type: '10' }),
  },
  {
    what: 'a call said to be data',
    list: DATA,
    reason: 'data-to-contract',
    of: (wallet) => ({ ...pour(wallet), transaction_type: '10' }),
  },
  { what: 'data with only the transfer group', list: TRANSFERS, reason: 'outside-restrictions', of: dataOnly },
  ...['1', '2', '5', '9', '11', '100', '999', '1001', '9223372036854775807'].map((type) => ({
    what: `type ${type}`,
    list: EVERYTHING_BUT_MESSAGES,
    reason: 'unknown-transaction-type',
    of: ofType(type),
  })),
  ...AMBIGUOUS_DATA.map(([what, data]) => ({
    what: `a call whose data has ${what}`,
    list: TRANSFERS,
    reason: 'ambiguous-data',
    of: withData(data),
  })),
  ...NO_FUNCTIONS.map((name) => ({
    what: `a call of ${JSON.stringify(name)}`,
    list: TRANSFERS,
    reason: 'unknown-function',
    of: withData(JSON.stringify({ name, input: {} })),
  })),
];
