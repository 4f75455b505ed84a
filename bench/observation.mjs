import { performance } from 'node:perf_hooks';
import { percentile, sum } from './statistics.mjs';

/** Answers whose text is kept, to be checked afterwards. */
const MOST_SAMPLES = 16;

/** @typedef {ReturnType<Observation['result']>} Observed */

/** What was seen of the answers in one window of time. */
export class Observation {
  #startedAt = performance.now();
  #startedCpu = process.cpuUsage();
  /** @type {number[]} */
  #latencies = [];
  /** @type {Map<number, number>} */
  #statuses = new Map();
  /** @type {{ index: number, text: string }[]} */
  #samples = [];
  #unsent = 0;
  /** @type {string | undefined} */
  #refusal;

  /**
   * @param {number} status
   * @param {number} milliseconds
   * @param {number} index
   * @param {string} text
   */
  answered(status, milliseconds, index, text) {
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
    if (status !== 200) {
      this.#refusal ??= text;
      return;
    }
    this.#latencies.push(milliseconds);
    if (this.#samples.length < MOST_SAMPLES) this.#samples.push({ index, text });
  }

  /** A request was due, but every connection was taken. */
  unsent() {
    this.#unsent += 1;
  }

  result() {
    const seconds = (performance.now() - this.#startedAt) / 1000;
    const { user, system } = process.cpuUsage(this.#startedCpu);
    const succeeded = this.#latencies.length;
    return {
      seconds,
      succeeded,
      perSecond: succeeded / seconds,
      statuses: /** @type {Record<string, number>} */ (Object.fromEntries(this.#statuses)),
      unsent: this.#unsent,
      answered: sum([...this.#statuses.values()]),
      p50: percentile(this.#latencies, 50),
      p99: percentile(this.#latencies, 99),
      most: percentile(this.#latencies, 100),
      generatorMicros: user + system,
      refusal: this.#refusal,
      samples: this.#samples,
    };
  }
}
