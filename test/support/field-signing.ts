import { fieldCases } from './field-cases.js';

/** A public test wallet, whole; hexadecimal. */
export const FIELD_WALLET = fieldCases<{
  readonly private_key: string;
  readonly client_key: string;
  readonly client_id: string;
}>('wallet');

/** Messages that wallets sign, with what the whole key makes of them (`combined`), and what is no message. */
export const FIELD_MESSAGES = fieldCases<{
  readonly signed: readonly { readonly what: string; readonly hash: string; readonly combined: string }[];
  readonly refused: readonly { readonly what: string; readonly hash: string }[];
}>('messages');

/** What a key that may make transfers has, and has not, signed as a transfer's data. */
export const FIELD_TRANSFER_DATA = fieldCases<{
  readonly signed: readonly string[];
  readonly refused: readonly string[];
}>('transfer_data_of_a_key_with_token_transfers');
