// The yardstick: one thread, one request at a time, with herumi's own BLS library. It opens no share, keeps no record.
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { isMainProcessOf } from './entry.mjs';
import { answerParent } from './children.mjs';

/** @typedef {Record<'clientKey' | 'message' | 'userPartial' | 'serverShare', Uint8Array>} NaiveRequest */

const bls = createRequire(import.meta.url)('bls-wasm');
await bls.init(bls.BN254);

/**
 * Decode, sign, add, verify: the combined signature, or undefined when it does not verify.
 *
 * @param {NaiveRequest} request
 */
export function coSignNaively({ clientKey, message, userPartial, serverShare }) {
  const [key, share, user] = [new bls.PublicKey(), new bls.SecretKey(), new bls.Signature()];
  key.deserialize(clientKey);
  share.deserialize(serverShare);
  user.deserialize(userPartial);
  const combined = share.sign(message);
  combined.add(user);
  return key.verify(combined, message) ? combined.serialize() : undefined;
}

/** @type {readonly NaiveRequest[]} */
let requests = [];
let next = 0;

if (isMainProcessOf(import.meta.url)) {
  answerParent((question) => {
    if (question.kind === 'perSecond') return perSecond(question.milliseconds);
    requests = question.requests;
    return undefined;
  });
}

/** @param {number} milliseconds */
function perSecond(milliseconds) {
  const start = performance.now();
  let done = 0;
  for (; performance.now() - start < milliseconds; done++) {
    if (coSignNaively(requests[next++ % requests.length]) === undefined) throw new Error('an honest request failed');
  }
  return (done * 1000) / (performance.now() - start);
}
