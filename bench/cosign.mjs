// Co-signing arithmetic alone: µs per request on one thread, medians, by batch size. Run after `npm run build`:
//   node bench/cosign.mjs
// The machine is rarely quiet, so the kinds are measured in turn, round after round: compare within one run only.
import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';

import { BatchCoSigner } from '#built/crypto/mcl/batch/batch-co-signer.js';
import { combineVerified } from '#built/crypto/bls0chain/combine.js';
import { createHerumiEngine } from '#built/crypto/mcl/herumi-engine.js';
import { generateSecretKey } from '#built/crypto/bls0chain/generate-secret-key.js';
import { loadMclModule } from '#built/crypto/mcl/mcl-module.js';
import { splitSecretKey } from '#built/crypto/bls0chain/split-secret-key.js';
import { coSignNaively } from './naive.mjs';

const SIZES = [1, 2, 4, 8, 16, 32, 64];
const ROUNDS = Number(process.argv[2] ?? 9);

const engine = createHerumiEngine(await loadMclModule());

const wallets = Array.from({ length: 64 }, () => {
  const primary = generateSecretKey();
  return { clientKey: engine.publicKeyOf(primary), ...splitSecretKey(engine, primary) };
});
/** @param {(typeof wallets)[number]} wallet */
const requestBy = (wallet) => {
  const message = new Uint8Array(randomBytes(32));
  const { clientKey, serverShare } = wallet;
  return { clientKey, message, userPartial: engine.sign(wallet.userShare, message), serverShare };
};
/** @typedef {ReturnType<typeof requestBy>} Request */
/** @typedef {(requests: readonly Request[]) => readonly unknown[]} CoSign */

// `turns` is 16 batches of one wallet each, a wallet of its own for every batch.
const requestsOf = {
  one: () => Array.from({ length: 64 }, () => requestBy(wallets[0])),
  all: () => wallets.map(requestBy),
  turns: (/** @type {number} */ size) =>
    wallets.slice(0, 16).flatMap((wallet) => Array.from({ length: size }, () => requestBy(wallet))),
};

const median = (/** @type {readonly number[]} */ values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/**
 * µs per request of answering all of `requests` in batches of `size`.
 *
 * @param {CoSign} cosign
 * @param {readonly Request[]} requests
 * @param {number} size
 */
function measure(cosign, requests, size) {
  const start = performance.now();
  for (let first = 0; first < requests.length; first += size) {
    const answers = cosign(requests.slice(first, first + size));
    if (answers.includes(undefined)) throw new Error('an honest request was refused');
  }
  return ((performance.now() - start) * 1000) / requests.length;
}

/**
 * One request at a time with herumi's own BLS library.
 *
 * @param {readonly Request[]} requests
 */
function naive(requests) {
  return requests.map((request) => coSignNaively({ ...request, serverShare: request.serverShare.expose() }));
}

/** @param {readonly Request[]} requests */
function combineOne(requests) {
  return requests.map(({ clientKey, message, userPartial, serverShare }) =>
    combineVerified(engine, { clientKey, message, userPartial, serverPartial: engine.sign(serverShare, message) }),
  );
}

/** @param {ConstructorParameters<typeof BatchCoSigner>[1]} options */
const coSigner = async (options) => new BatchCoSigner(await loadMclModule(), options);
const kept = { lines: await coSigner({}), plain: await coSigner({ pairing: 'plain' }) };
// Two that keep a single key: whoever asks next finds its lines gone, or the decoded key as well.
const forgetful = {
  lines: await coSigner({ preparedKeys: 1 }),
  keys: await coSigner({ preparedKeys: 1, decodedKeys: 1 }),
};

/**
 * @typedef {object} Kind
 * @property {string} label
 * @property {keyof typeof requestsOf} who whose requests
 * @property {CoSign} cosign
 */

/** @type {Kind[]} */
const cases = [];
/** Whose requests are asked for when keys are to be warm, and when cold. @type {[Kind['who'], Kind['who'], string][]} */
const CHOICES = [
  ['one', 'turns', 'one wallet'],
  ['all', 'all', 'all different'],
];
for (const [warm, cold, label] of CHOICES) {
  cases.push({ label: `${label}, lines warm`, who: warm, cosign: (requests) => kept.lines.cosign(requests) });
  cases.push({ label: `${label}, plain, keys warm`, who: warm, cosign: (requests) => kept.plain.cosign(requests) });
  const [coldLines, coldKeys] = [`${label}, lines cold, keys warm`, `${label}, all cold`];
  cases.push({ label: coldLines, who: cold, cosign: (requests) => forgetful.lines.cosign(requests) });
  cases.push({ label: coldKeys, who: cold, cosign: (requests) => forgetful.keys.cosign(requests) });
}
/** @type {Kind[]} */
const alone = [
  { label: 'naive (bls-wasm, one at a time)', who: 'all', cosign: naive },
  { label: 'engine, combineVerified', who: 'all', cosign: combineOne },
];

/** The requests of each kind, by the size of a batch. */
const prepared = new Map(
  [...cases, ...alone].map(({ label, who }) => [
    label,
    new Map(SIZES.map((size) => [size, requestsOf[who](size).slice(0, 16 * size)])),
  ]),
);

/** @type {Map<string, number[]>} */
const samples = new Map();
const note = (/** @type {string} */ name, /** @type {number} */ value) =>
  samples.set(name, [...(samples.get(name) ?? []), value]);
for (let round = -1; round < ROUNDS; round++) {
  for (const { label, cosign } of alone) {
    const value = measure(cosign, prepared.get(label)?.get(1) ?? [], 1);
    if (round >= 0) note(label, value);
  }
  for (const { label, cosign } of cases) {
    for (const size of SIZES) {
      const value = measure(cosign, prepared.get(label)?.get(size) ?? [], size);
      if (round >= 0) note(`${label} ${size}`, value);
    }
  }
}

const at = (/** @type {string} */ name) => median(samples.get(name) ?? []);
const naiveCost = at(alone[0].label);
for (const { label } of alone) console.log(label.padEnd(36), `${at(label).toFixed(0)} µs`);
console.log(`\nµs per request (times faster than naive), medians of ${ROUNDS} rounds`);
console.log('batch size'.padEnd(36), SIZES.map((size) => String(size).padStart(14)).join(''));
for (const { label } of cases) {
  const cells = SIZES.map((size) => {
    const cost = at(`${label} ${size}`);
    return `${cost.toFixed(0)} (${(naiveCost / cost).toFixed(1)}×)`.padStart(14);
  });
  console.log(label.padEnd(36), cells.join(''));
}
