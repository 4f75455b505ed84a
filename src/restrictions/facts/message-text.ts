import { hash } from 'node:crypto';
import { couldBeTransactionText } from '../../chain/transaction-text.js';
import type { TextShown } from './facts.js';

/** Bytes in UTF-8 that the text of a message may have. */
export const MAX_MESSAGE_TEXT_BYTES = 8_192;

/** What a text says of the message that it was sent along with; `another-hash`: it is not the text of this message. */
export type MessageText = Exclude<TextShown, 'not-shown'> | 'another-hash';

/**
 * Compares a text with the message that is to be signed: the SHA3-256 of its bytes in UTF-8 must be the message. Text with
 * unpaired surrogates has no bytes, and belongs to none. Whether it is short enough is for whoever reads it.
 *
 * @param hashHex what is to be signed, lower-case hex
 */
export function checkTypedMessage(text: string, hashHex: string): MessageText {
  if (!text.isWellFormed() || textHash(text) !== hashHex) return 'another-hash';
  return couldBeTransactionText(text) ? 'reads-as-transaction' : 'shown';
}

/** The SHA3-256 of a text's bytes in UTF-8, 64 lower-case hex digits: the message that is signed for it. */
export function textHash(text: string): string {
  return hash('sha3-256', text, 'hex');
}
