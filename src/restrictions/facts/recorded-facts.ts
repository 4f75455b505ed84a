import type { OperationName } from '../policy/operation-set.js';
import type { BelievedFacts, Facts, TextShown, TransactionFacts } from './facts.js';
import type { FoundOperation, NoOperation } from './operation-of.js';

/**
 * Facts as the record keeps them, beside the kind and the hash, which an entry says itself: enough to count by them and to
 * judge them again under another policy. Public data, all of it: what the chain shows of a transaction, and of a message
 * only whether there was a text. Numbers of 64 bits are decimal digits.
 */
export type RecordedFacts = RecordedMessage | RecordedTransaction | RecordedBelief;

export interface RecordedMessage {
  readonly text: TextShown;
}

export interface RecordedTransaction {
  readonly operation?: string;
  /** Why it is none, in place of the operation. */
  readonly no_operation?: string;
  readonly to_client_id: string;
  readonly value: string;
  readonly nonce: string;
  readonly creation_date: string;
}

/** Of a transaction whose hash was believed, nothing else is known. */
export interface RecordedBelief {
  /** What the data names; null if not one function for certain. Untrusted text. */
  readonly believed_function: string | null;
}

/** Longer than the name of any function, so that what is cut off is none with it or without. */
const MOST_OF_A_NAME = 200;

export function recordedFacts(facts: Facts): RecordedFacts {
  if (facts.kind === 'message') return { text: facts.text };
  if (facts.hashIs === 'believed') return { believed_function: facts.functionName?.slice(0, MOST_OF_A_NAME) ?? null };
  const { operation, toClientId, valueSas, nonce, creationDateSeconds } = facts;
  return {
    ...('none' in operation ? { no_operation: operation.none } : { operation: operation.name }),
    to_client_id: toClientId,
    value: valueSas.toString(),
    nonce: nonce.toString(),
    creation_date: creationDateSeconds.toString(),
  };
}

/**
 * The facts that were recorded so. Words for operations, and for why there is none, are taken as they are: there may have
 * been others when they were written.
 *
 * @param recorded parsed JSON
 * @param kind, hash as the entry says them
 * @returns undefined for what is no facts of this kind
 */
export function factsFromRecord(recorded: unknown, kind: Facts['kind'], hash: string): Facts | undefined {
  if (typeof recorded !== 'object' || recorded === null) return undefined;
  const { text, believed_function: name } = recorded as Partial<Record<string, unknown>>;
  if (kind === 'message') return isTextShown(text) ? { kind, hash, text } : undefined;
  if (name === undefined) return transactionIn(recorded, hash);
  return name === null || typeof name === 'string' ? believed(hash, name ?? undefined) : undefined;
}

/** A transaction of which nothing was recorded, as those before facts were: it can have been anything. */
export function unknownTransaction(hash: string): BelievedFacts {
  return believed(hash, undefined);
}

function transactionIn(recorded: Partial<Record<string, unknown>>, hash: string): TransactionFacts | undefined {
  const { to_client_id: toClientId } = recorded;
  const operation = operationIn(recorded);
  const valueSas = numberIn(recorded['value']);
  const nonce = numberIn(recorded['nonce']);
  const creationDateSeconds = numberIn(recorded['creation_date']);
  if (operation === undefined || typeof toClientId !== 'string') return undefined;
  if (valueSas === undefined || nonce === undefined || creationDateSeconds === undefined) return undefined;
  return { kind: 'transaction', hashIs: 'right', hash, operation, toClientId, valueSas, nonce, creationDateSeconds };
}

function believed(hash: string, functionName: string | undefined): BelievedFacts {
  return { kind: 'transaction', hashIs: 'believed', hash, functionName };
}

function operationIn({ operation, no_operation: none }: Partial<Record<string, unknown>>): FoundOperation | undefined {
  if (typeof operation === 'string') return { name: operation as OperationName };
  return typeof none === 'string' ? { none: none as NoOperation } : undefined;
}

function numberIn(digits: unknown): bigint | undefined {
  return typeof digits === 'string' && /^\d{1,20}$/.test(digits) ? BigInt(digits) : undefined;
}

function isTextShown(text: unknown): text is TextShown {
  return text === 'not-shown' || text === 'shown' || text === 'reads-as-transaction';
}
