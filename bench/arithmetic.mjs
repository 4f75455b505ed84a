// What a request's curve arithmetic consists of: µs on one thread, medians. Run after `npm run build`:
//   node bench/arithmetic.mjs
import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';

import { rawPartsOf } from '#built/crypto/mcl/batch/mcl-raw-parts.js';
import { MCL_SIZES, loadMclModule } from '#built/crypto/mcl/mcl-module.js';
import { median } from './statistics.mjs';
import { figure, renderTable } from './table.mjs';

const BATCH = 64;
const ROUNDS = 21;
const { g1: G1, fr: FR } = MCL_SIZES;

const mod = rawPartsOf(await loadMclModule());
const [hashes, partials, scalars, coefficients] = [G1, G1, FR, FR].map((size) => mod._malloc(BATCH * size));
const [bytes, sum] = [mod._malloc(64), mod._malloc(G1)];
const inputs = Array.from({ length: BATCH }, () => randomBytes(32));
/** @type {Int8Array[]} */
const encoded = [];

const put = (/** @type {ArrayLike<number>} */ input) => void mod.HEAP8.set(input, bytes);
const hash = (/** @type {number} */ index) => {
  put(inputs[index]);
  mod._mclBnG1_hashAndMapTo(hashes + index * G1, bytes, 32);
};
const scalar = (/** @type {number} */ to, /** @type {number} */ length) => {
  const input = Buffer.alloc(32);
  randomBytes(length).copy(input);
  input[31] &= 0x1f;
  put(input);
  mod._mclBnFr_deserialize(to, bytes, 32);
};
/** @param {number} index */
const sign = (index) => mod._mclBnG1_mulCT(partials + index * G1, hashes + index * G1, scalars + index * FR);
const decode = (/** @type {number} */ index) => {
  put(encoded[index]);
  mod._mclBnG1_deserialize(sum, bytes, 32);
};

for (let index = 0; index < BATCH; index++) {
  hash(index);
  scalar(scalars + index * FR, 32);
  scalar(coefficients + index * FR, 16);
  sign(index);
  mod._mclBnG1_serialize(bytes, 64, partials + index * G1);
  encoded.push(mod.HEAP8.slice(bytes, bytes + 32));
}
mod._mclBnG1_normalizeVec(partials, partials, BATCH);

/** @type {readonly (readonly [string, () => void])[]} */
const PARTS = [
  ['hash to the curve', () => each(hash)],
  ['our partial: multiplication in constant time', () => each(sign)],
  ['decoding the user’s partial', () => each(decode)],
  ['the sums with random coefficients, both', () => [hashes, partials].forEach(combine)],
];

const each = (/** @type {(index: number) => void} */ work) => {
  for (let index = 0; index < BATCH; index++) work(index);
};
/** @param {number} points */
const combine = (points) => mod._mclBnG1_mulVec(sum, points, coefficients, BATCH);

/** @type {number[][]} */
const times = PARTS.map(() => []);
for (let round = 0; round < ROUNDS; round++) {
  for (const [part, [, work]] of PARTS.entries()) {
    const startedAt = performance.now();
    work();
    times[part].push(((performance.now() - startedAt) * 1000) / BATCH);
  }
}
const rows = PARTS.map(([name], part) => [name, figure(median(times[part]), 0)]);
console.log(renderTable([[`of a request, in a batch of ${BATCH}`, 'µs'], ...rows], true));
