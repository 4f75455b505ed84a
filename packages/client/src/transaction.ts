import { sha3Hex } from './hex.js';
import type { TransactionBody } from './openapi.js';

/** One ZCN in SAS. */
export const SAS_PER_ZCN = 10_000_000_000n;

/** A transaction of 0Chain before it is signed, in the wire's words; what is left out is filled in. */
export interface UnsignedTransaction {
  /** 64 digits; empty for data. */
  readonly to_client_id?: string;
  /** In SAS, as a bigint beyond 2^53. */
  readonly transaction_value: bigint | number;
  readonly transaction_data: string;
  /** 0 transfers, 10 is data, 1000 calls a contract. */
  readonly transaction_type: number;
  readonly transaction_nonce: bigint | number;
  /** In SAS. Not signed. */
  readonly transaction_fee?: bigint | number;
  /** Seconds since 1970; now if absent. The service signs none that is far ahead. */
  readonly creation_date?: number;
  readonly chain_id?: string;
}

/** A transaction with its hash. */
export type HashedTransaction = UnsignedTransaction & {
  readonly client_id: string;
  readonly public_key: string;
  readonly to_client_id: string;
  readonly creation_date: number;
  readonly version: string;
  readonly hash: string;
};

/** What a transfer is made of. */
export interface Transfer {
  readonly to: string;
  readonly valueSas: bigint | number;
  readonly nonce: bigint | number;
  /** For the recipient, and for everybody on the chain. */
  readonly note?: string;
  readonly feeSas?: bigint | number;
}

/** A transfer of tokens. */
export function transfer({ to, valueSas, nonce, note = '', feeSas = 0n }: Transfer): UnsignedTransaction {
  return {
    to_client_id: to,
    transaction_value: valueSas,
    transaction_data: JSON.stringify({ name: 'transfer', input: { note } }),
    transaction_type: 0,
    transaction_nonce: nonce,
    transaction_fee: feeSas,
  };
}

/**
 * ZCN in SAS, exactly: `zcn('1.5')` is 15000000000n. Throws a RangeError for anything but decimal digits with at most ten
 * behind the point.
 */
export function zcn(amount: string): bigint {
  const [, whole, fraction = ''] = /^(\d{1,10})(?:\.(\d{1,10}))?$/.exec(amount) ?? [];
  if (whole === undefined) throw new RangeError('an amount in ZCN must be like 12 or 0.5');
  return BigInt(whole) * SAS_PER_ZCN + BigInt(fraction.padEnd(10, '0'));
}

/** SAS in ZCN, exactly: 15000000000n is `1.5`. */
export function inZcn(sas: bigint): string {
  const fraction = (sas % SAS_PER_ZCN).toString().padStart(10, '0').replace(/0+$/, '');
  const whole = (sas / SAS_PER_ZCN).toString();
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** The transaction of this wallet with its hash, as the chain computes it: wire.md of the service, section 6. */
export function hashed(transaction: UnsignedTransaction, clientId: string, clientKey: string): HashedTransaction {
  const whole = {
    ...transaction,
    version: '1.0',
    client_id: clientId,
    public_key: clientKey,
    to_client_id: transaction.to_client_id ?? '',
    creation_date: transaction.creation_date ?? Math.floor(Date.now() / 1000),
  };
  const signed = [
    whole.creation_date,
    whole.transaction_nonce,
    whole.client_id,
    whole.to_client_id,
    whole.transaction_value,
    sha3Hex(whole.transaction_data),
  ];
  return { ...whole, hash: sha3Hex(signed.join(':')) };
}

/** The same as the types of the service have it: their numbers are sent with all digits (`jsonText`). */
export function asBody<T extends UnsignedTransaction>(transaction: T): T & TransactionBody {
  return transaction as unknown as T & TransactionBody;
}
