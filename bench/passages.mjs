// When requests passed which stage of the server, as latency-probe.mjs notes it; and what that says of the slowest.
import { sum } from './statistics.mjs';

/** Where the probe leaves its notes, in the data directory. */
export const PASSAGES_FILE = 'passages.json';

/** The header with the time of sending. */
export const STAMP = 'x-sent';

/** Milliseconds on the clock that all processes of the machine share. */
export const sharedMs = () => Number(process.hrtime.bigint()) / 1e6;

/**
 * When one request passed which stage, by {@link sharedMs}; how long its batch computed, and how large that was.
 *
 * @typedef {Record<'sent' | 'seen' | 'parsed' | 'given' | 'back' | 'decided' | 'written' | 'arithmetic' | 'batch', number>} Passage
 */

/** @typedef {(one: Passage) => number} Duration */

/**
 * The stages, in order, each from one note to the next; together they are the whole time.
 *
 * @type {readonly (readonly [name: string, duration: Duration])[]}
 */
const STAGES = [
  ['on the way, and waiting for the HTTP thread', (one) => one.seen - one.sent],
  ['HTTP, parsing', (one) => one.parsed - one.seen],
  ['finding the share, waiting for a worker', (one) => one.given - one.parsed],
  ['the batch: arithmetic', (one) => one.arithmetic],
  ['the batch: there and back', (one) => one.back - one.given - one.arithmetic],
  ['deciding and recording', (one) => one.decided - one.back],
  ['answering', (one) => one.written - one.decided],
];

/**
 * Parts of the requests from the fastest to the slowest, by percentile.
 *
 * @type {readonly (readonly [name: string, from: number, to: number])[]}
 */
const PARTS = [
  ['all', 0, 100],
  ['the middle tenth', 45, 55],
  ['around the 99th percentile', 98.5, 99.5],
];

/**
 * Rows of milliseconds: each stage's mean within each part, and how large the batches were.
 *
 * @param {readonly Passage[]} passages
 */
export function stagesOf(passages) {
  /** @type {Duration} */
  const whole = (one) => one.written - one.sent;
  const sorted = passages.filter((one) => one.decided !== undefined).sort((one, other) => whole(one) - whole(other));
  const at = (/** @type {number} */ percent) => Math.floor((sorted.length * percent) / 100);
  const parts = PARTS.map(([, from, to]) => sorted.slice(at(from), at(to)));
  const means = (/** @type {Duration} */ value) => parts.map((part) => sum(part.map(value)) / part.length);
  return {
    parts: PARTS.map(([name]) => name),
    stages: [...STAGES, /** @type {const} */ (['together', whole])].map(([name, value]) => ({
      name,
      means: means(value),
    })),
    batch: means((one) => one.batch),
  };
}
