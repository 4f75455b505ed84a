import { messageFacts, transactionFacts } from '../../../src/restrictions/facts/facts.js';
import type { Facts, TextShown } from '../../../src/restrictions/facts/facts.js';
import { callOf, FRIEND, WALLET } from '../../chain/transaction-texts.js';

/** What somebody asks to have signed, as a client says it: nothing of ours is in it. */
export type Ask = AskedMessage | AskedTransaction;

export interface AskedMessage {
  readonly kind: 'message';
  /** Lower-case hex. */
  readonly hash: string;
  readonly text: TextShown;
}

export interface AskedTransaction {
  readonly kind: 'transaction';
  readonly hash: string;
  readonly type: number;
  readonly to: string;
  readonly data: string;
  readonly value: bigint;
  /** Unix seconds; 0 = none. */
  readonly created: number;
}

/** The facts of it, made as the service makes them of a parsed transaction. */
export function factsOf(ask: Ask): Facts {
  if (ask.kind === 'message') return messageFacts(ask.hash, ask.text);
  return transactionFacts({
    hash: ask.hash,
    clientId: WALLET,
    toClientId: ask.to,
    data: ask.data,
    valueSas: ask.value,
    feeSas: 0n,
    nonce: 1n,
    creationDateSeconds: BigInt(ask.created),
    type: BigInt(ask.type),
    signature: undefined,
    text: '',
  });
}

let transfers = 0;

/** A transfer like no other before it, with some of it given otherwise. */
export function transfer(changed: Partial<AskedTransaction> = {}): AskedTransaction {
  const hash = (++transfers).toString(16).padStart(64, '0');
  return {
    kind: 'transaction',
    hash,
    type: 0,
    to: FRIEND,
    data: callOf('transfer'),
    value: 0n,
    created: 0,
    ...changed,
  };
}

/** A message of 32 bytes, or of as many as the hash has. */
export function message(text: TextShown = 'not-shown', hash = 'ab'.repeat(32)): AskedMessage {
  return { kind: 'message', hash, text };
}
