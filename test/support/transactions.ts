import { sha3 } from './wallet-client.js';

/** A transaction as gosdk sends it, numbers as text so that none loses a digit. */
export interface TestTransaction {
  readonly client_id: string;
  readonly public_key: string;
  readonly to_client_id: string;
  readonly transaction_data: string;
  readonly transaction_value: string;
  readonly creation_date: string;
  readonly transaction_type: string;
  readonly transaction_fee: string;
  readonly transaction_nonce: string;
}

/** Somebody's wallet: no contract's address. */
export const A_PLAIN_ADDRESS = '2bff5112812e079f37f278f7436eceb08c7e3e3eae68076b6b6f396c7e5d641f';

const CONTRACT_PREFIX = '6dba10422e368813802877a85039d3985d96760ed844092319743fb3a76712';
export const STORAGE_CONTRACT = `${CONTRACT_PREFIX}d7`;
export const MINER_CONTRACT = `${CONTRACT_PREFIX}d9`;
export const FAUCET_CONTRACT = `${CONTRACT_PREFIX}d3`;

export function transfer(wallet: { client_id: string; client_key: string }, value = '10000000000'): TestTransaction {
  return {
    client_id: wallet.client_id,
    public_key: wallet.client_key,
    to_client_id: A_PLAIN_ADDRESS,
    transaction_data: '{"name":"transfer","input":{"note":"rent"}}',
    transaction_value: value,
    creation_date: '1704676947',
    transaction_type: '0',
    transaction_fee: '100000',
    transaction_nonce: '1',
  };
}

export function contractCall(
  wallet: { client_id: string; client_key: string },
  contract: string,
  name: string,
  value = '0',
): TestTransaction {
  return {
    ...transfer(wallet, value),
    to_client_id: contract,
    transaction_type: '1000',
    transaction_data: JSON.stringify({ name, input: {} }),
  };
}

/** The chain's hash (wire.md section 6), worked out here and not by the server's code. */
export function hashOf(transaction: TestTransaction): string {
  return sha3(
    [
      transaction.creation_date,
      transaction.transaction_nonce,
      transaction.client_id,
      transaction.to_client_id,
      transaction.transaction_value,
      sha3(transaction.transaction_data),
    ].join(':'),
  );
}

/** The body of `/sign/txn`: the numbers written as they are, the hash as given or else the right one. */
export function bodyOf(transaction: TestTransaction, signatureHex: string, hashHex = hashOf(transaction)): string {
  const texts = {
    hash: hashHex,
    version: '1.0',
    client_id: transaction.client_id,
    public_key: transaction.public_key,
    to_client_id: transaction.to_client_id,
    transaction_data: transaction.transaction_data,
    signature: signatureHex,
    txn_output_hash: '',
  };
  const numbers = [
    'transaction_value',
    'creation_date',
    'transaction_type',
    'transaction_fee',
    'transaction_nonce',
  ] as const;
  const members = [
    ...Object.entries(texts).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`),
    ...numbers.map((key) => `"${key}":${transaction[key]}`),
    '"transaction_status":0',
  ];
  return `{${members.join(',')}}`;
}
