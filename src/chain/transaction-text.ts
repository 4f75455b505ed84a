/** Fields of the string that a transaction's hash is made of; earlier versions of the chain had no nonce in it. */
const LEAST_FIELDS = 5;
/** The creation date: the chain writes a signed integer. */
const NUMBER = /^[+-]?[0-9]+$/;
/** The hash of the data, in either letter case. */
const HEX_64 = /^[0-9a-f]{64}$/i;
/** White space and what nobody sees: no such byte is in a transaction's text, so leaving it out can only refuse more. */
const INVISIBLE = /[\s\p{C}]/gu;

/**
 * Whether a text could be one of those that a transaction's hash is made of (`transactionPreimage`), judged on the text
 * alone and wider than any grammar of it: a number first, the 64 digits of a hash last, and three fields or more between
 * them, whatever they are. Other texts that wallets sign, such as markers, tickets and log-ins, begin with 64 digits or
 * end otherwise.
 *
 * What this lets pass can be submitted as no transaction: the chain hashes its own string of a transaction, and another
 * text with the same hash is a collision of SHA3-256. Linear in the length of the text. Never throws.
 */
export function couldBeTransactionText(text: string): boolean {
  const fields = text.replace(INVISIBLE, '').split(':');
  const first = fields[0] ?? '';
  const last = fields.at(-1) ?? '';
  return fields.length >= LEAST_FIELDS && NUMBER.test(first) && HEX_64.test(last);
}
