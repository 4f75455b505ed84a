import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { threadTimes } from './server.mjs';
import { sum } from './statistics.mjs';

/**
 * What is sent, and for how long: `connections` requests in flight all the time, or `perSecond`; for `milliseconds`, or as
 * long as what is done `during` it takes.
 *
 * @typedef {object} Load
 * @property {string} pool
 * @property {number} warmUpMs
 * @property {number} [warmUpAnswers]
 * @property {number} [milliseconds]
 * @property {() => Promise<void>} [during]
 * @property {number} [connections]
 * @property {number} [perSecond]
 * @property {boolean} [isStamped]
 */

/** @typedef {Awaited<ReturnType<typeof measure>>} Seen */
/** @typedef {{ metrics: Map<string, number>, threads: Map<number, number> | undefined }} Snapshot */

/** Node's event-loop monitor wakes every 10 ms and counts that as delay. */
export const LAG_RESOLUTION_MS = 10;

/** Warm-up by answers ends by then in any case. */
export const MOST_WARM_UP_MS = 8000;

/**
 * How many answers make workers warm: each keeps the lines of the client keys that it has met, and which worker a
 * request meets is chance.
 */
export const answersToWarmUp = (/** @type {number} */ wallets) => 4 * wallets;

/**
 * Has the server forget what it has signed, so that requests are new again, and drives it for `warmUpMs` and on until it has
 * given `warmUpAnswers`, then observes it for a window of `milliseconds` or of what is done `during` it: the load generator's
 * result and, of the same window, the server's CPU time, batches and event-loop delay.
 *
 * @param {import('./server.mjs').Server} server
 * @param {import('./children.mjs').Answerer} generator
 * @param {Load} load
 */
export async function measure(server, generator, { warmUpMs, warmUpAnswers = 0, milliseconds = 0, during, ...load }) {
  server.forgetDecisions();
  await generator.ask({ kind: 'start', port: server.port, ...load });
  // The first look at the metrics of a server takes tens of milliseconds, which are not the window's.
  await server.metrics();
  await sleep(warmUpMs);
  await waitForAnswers(generator, warmUpAnswers);
  const before = { metrics: await server.metrics(), threads: threadTimes(server.pid) };
  /** @type {import('./observation.mjs').Observed} */
  const seen = await (during === undefined
    ? generator.ask({ kind: 'window', milliseconds })
    : seenWhile(generator, during));
  const after = { metrics: await server.metrics(), threads: threadTimes(server.pid) };
  await generator.ask({ kind: 'stop' });
  return { ...seen, ...serverSide(before, after, server.pid, seen.answered) };
}

/**
 * @param {import('./children.mjs').Answerer} generator
 * @param {() => Promise<unknown>} during
 */
async function seenWhile(generator, during) {
  await generator.ask({ kind: 'look' });
  await during();
  return generator.ask({ kind: 'seen' });
}

/**
 * @param {import('./children.mjs').Answerer} generator
 * @param {number} answers
 */
async function waitForAnswers(generator, answers) {
  let seen = 0;
  for (const until = performance.now() + MOST_WARM_UP_MS; seen < answers && performance.now() < until;) {
    seen += (await generator.ask({ kind: 'window', milliseconds: 100 })).answered;
  }
}

/**
 * As {@link measure}, and every answer must be a signature, the right one.
 *
 * @param {import('./server.mjs').Server} server
 * @param {Pick<import('./workshop.mjs').Workshop, 'generator' | 'engine' | 'requests' | 'check'>} workshop
 * @param {Load} load
 */
export async function measureSignatures(server, { generator, engine, requests, check }, load) {
  const { samples, ...seen } = await measure(server, generator, load);
  const others = Object.keys(seen.statuses).filter((status) => status !== '200');
  if (others.length > 0)
    throw new Error(
      `${load.pool} was answered with ${JSON.stringify(seen.statuses)}, such as ${seen.refusal}\n${server.said()}`,
    );
  check(engine, requests.get(load.pool) ?? [], samples);
  return seen;
}

/**
 * @param {Snapshot} before
 * @param {Snapshot} after
 * @param {number | undefined} pid
 * @param {number} answered
 */
function serverSide(before, after, pid, answered) {
  const grown = (/** @type {string} */ name) => (after.metrics.get(name) ?? NaN) - (before.metrics.get(name) ?? NaN);
  const mean = (/** @type {string} */ name) => grown(`${name}_sum`) / grown(`${name}_count`);
  const lagMs = (/** @type {string} */ quantile) =>
    (after.metrics.get(`nodejs_eventloop_lag_${quantile}_seconds`) ?? NaN) * 1000;
  return {
    serverMicros: (grown('process_cpu_seconds_total') * 1e6) / answered,
    threads: threadShares(before.threads, after.threads, pid, answered),
    batch: mean('kms_signing_batch_size'),
    queueMs: mean('kms_signing_queue_seconds') * 1000,
    workerMs: mean('kms_signing_worker_seconds') * 1000,
    workerMicros: (grown('kms_signing_worker_seconds_sum') * 1e6) / answered,
    lagMs: { p99: Math.max(0, lagMs('p99') - LAG_RESOLUTION_MS), most: Math.max(0, lagMs('max') - LAG_RESOLUTION_MS) },
  };
}

/**
 * CPU µs per answer: of the thread that speaks HTTP and SQL, and of all others (curve workers, garbage collection).
 *
 * @param {Snapshot['threads']} before
 * @param {Snapshot['threads']} after
 * @param {number | undefined} pid
 * @param {number} answered
 */
function threadShares(before, after, pid, answered) {
  if (before === undefined || after === undefined) return undefined;
  const used = [...after].map(([thread, micros]) => ({ thread, micros: micros - (before.get(thread) ?? 0) }));
  const micros = (/** @type {readonly { micros: number }[]} */ threads) =>
    sum(threads.map((one) => one.micros)) / answered;
  return {
    main: micros(used.filter(({ thread }) => thread === pid)),
    others: micros(used.filter(({ thread }) => thread !== pid)),
  };
}
