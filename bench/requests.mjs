// The requests of both signing calls, with the user's partial signatures made beforehand.
import { createHash, randomBytes } from 'node:crypto';

/** @typedef {import('./wallets.mjs').Wallet} Wallet */
/** @typedef {ReturnType<typeof makeMessages>[number]} SigningCall */

const sha3Hex = (/** @type {string} */ text) => createHash('sha3-256').update(text, 'utf8').digest('hex');
const hex = (/** @type {Uint8Array} */ bytes) => Buffer.from(bytes).toString('hex');

const SOMEBODY = sha3Hex('somebody');

/**
 * `count` messages by these wallets in turn.
 *
 * @param {import('#built/crypto/bls0chain/bls-engine.js').BlsEngine} engine
 * @param {readonly Wallet[]} wallets
 * @param {number} count
 */
export function makeMessages(engine, wallets, count) {
  return inTurn(wallets, count, (wallet) => {
    const hash = randomBytes(32);
    const userPartial = engine.sign(wallet.userShare, hash);
    const body = JSON.stringify({ hash: hex(hash), signature: hex(userPartial), client_id: wallet.clientId });
    return { wallet, hash, userPartial, path: '/sign/msg', peer: wallet.userKeyHex, body };
  });
}

/**
 * `count` transfers by these wallets in turn, as gosdk sends them (docs/wire.md).
 *
 * @param {import('#built/crypto/bls0chain/bls-engine.js').BlsEngine} engine
 * @param {readonly Wallet[]} wallets
 * @param {number} count
 */
export function makeTransactions(engine, wallets, count) {
  return inTurn(wallets, count, (wallet, index) => {
    const signed = {
      creation_date: 1_704_676_947,
      transaction_nonce: index + 1,
      client_id: wallet.clientId,
      to_client_id: SOMEBODY,
      transaction_value: 10_000_000_000,
    };
    const data = '{"name":"transfer","input":{"note":"rent"}}';
    const hashHex = sha3Hex([...Object.values(signed), sha3Hex(data)].join(':'));
    const hash = Buffer.from(hashHex, 'hex');
    const userPartial = engine.sign(wallet.userShare, hash);
    const body = JSON.stringify({
      ...signed,
      hash: hashHex,
      version: '1.0',
      public_key: wallet.clientKeyHex,
      transaction_data: data,
      signature: hex(userPartial),
      txn_output_hash: '',
      transaction_type: 0,
      transaction_fee: 100_000,
      transaction_status: 0,
    });
    return { wallet, hash, userPartial, path: '/sign/txn', peer: wallet.userKeyHex, body };
  });
}

/**
 * Throws unless these answers are what the whole key would have signed: a fast wrong answer is worth nothing.
 *
 * @param {import('#built/crypto/bls0chain/bls-engine.js').BlsEngine} engine
 * @param {readonly SigningCall[]} requests
 * @param {readonly { readonly index: number, readonly text: string }[]} samples
 */
export function checkAnswers(engine, requests, samples) {
  if (samples.length === 0) throw new Error('no answer was seen');
  for (const { index, text } of samples) {
    const { wallet, hash } = requests[index];
    const answer = JSON.parse(text);
    const signature = typeof answer === 'string' ? answer : answer.sig;
    if (signature !== hex(engine.sign(wallet.primary, hash))) throw new Error('a combined signature is wrong');
  }
}

/**
 * @template Made
 * @param {readonly Wallet[]} wallets
 * @param {number} count
 * @param {(wallet: Wallet, index: number) => Made} make
 */
function inTurn(wallets, count, make) {
  return Array.from({ length: count }, (_, index) => make(wallets[index % wallets.length], index));
}
