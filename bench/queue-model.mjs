// What queueing alone makes of a latency: two workers that take natural batches from Poisson arrivals, computed.
//   node bench/queue-model.mjs
// Everything but the arithmetic of a batch and a fixed time for the rest of a request is left out, so what the service
// really does cannot be better. Times in milliseconds.
import { percentile } from './statistics.mjs';
import { figure, renderTable } from './table.mjs';

const ARRIVALS = 200_000;
const WORKERS = 2;
const BATCH_MAX = 64;
/** A request alone, without its arithmetic: HTTP, the transaction's fsync, the way to the worker and back. */
const REST_MS = 1.1;

/** A request alone takes this long on a core of its own, and no random coefficients (node bench/cosign.mjs). */
const SINGLE_MS = 1.8;
/** A batch of several takes `fixed` + n · `each`. Half the peak arrives. */
const CASES = [
  { label: '1 wallet', fixed: 1.6, each: 0.37, perSecond: 1850 },
  { label: '1,000 wallets', fixed: 1.35, each: 0.77, perSecond: 1050 },
];
/** How much slower a batch is while both workers work: they share the machine with everything else. */
const SLOWDOWNS = [1, 1.2, 1.4, 1.6];

const rows = CASES.flatMap(({ label, ...one }) =>
  SLOWDOWNS.map((slowdown) => {
    const { latencies, batches } = simulate({ ...one, slowdown });
    const alone = SINGLE_MS + REST_MS;
    const p99 = percentile(latencies, 99);
    return [
      label,
      figure(slowdown, 2),
      figure(latencies.length / batches, 1),
      figure(percentile(latencies, 50), 1),
      figure(p99, 1),
      figure(p99 / alone, 1),
    ];
  }),
);
console.log(renderTable([['', 'slowdown', 'batch', 'p50 ms', 'p99 ms', 'p99 / alone'], ...rows], true));

/** @param {Record<'fixed' | 'each' | 'perSecond' | 'slowdown', number>} one */
function simulate({ fixed, each, perSecond, slowdown }) {
  const arrivals = poisson(perSecond);
  /** @type {number[]} */
  const freeAt = new Array(WORKERS).fill(0);
  /** @type {number[]} */
  const latencies = [];
  let [next, batches] = [0, 0];
  while (next < arrivals.length) {
    const worker = freeAt.indexOf(Math.min(...freeAt));
    const start = Math.max(freeAt[worker], arrivals[next]);
    const first = next;
    while (next < arrivals.length && next - first < BATCH_MAX && arrivals[next] <= start) next++;
    const isAlone = freeAt.every((at, index) => index === worker || at <= start);
    const size = next - first;
    const work = size === 1 ? SINGLE_MS : fixed + each * size;
    freeAt[worker] = start + work * (isAlone ? 1 : slowdown);
    for (let request = first; request < next; request++) {
      latencies.push(freeAt[worker] - arrivals[request] + REST_MS);
    }
    batches += 1;
  }
  return { latencies, batches };
}

/** @param {number} perSecond */
function poisson(perSecond) {
  let at = 0;
  return Array.from({ length: ARRIVALS }, () => (at -= (Math.log(1 - Math.random()) * 1000) / perSecond));
}
