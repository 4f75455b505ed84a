/**
 * The goals: ratios within one run, load generator included. Each with what was measured and whether it is met.
 *
 * @param {import('./report.mjs').Measured} measured
 */
export function judgeGoals({ throughput, halfLoad, overload, growth, machine }) {
  const toNaive = (/** @type {string} */ scenario) =>
    throughput.find((row) => row.scenario === scenario && row.call === 'msg')?.toNaive ?? NaN;
  const worst = (/** @type {readonly number[]} */ values) => Math.max(...values);
  const delay = worst(throughput.map(({ lagP99Ms }) => lagP99Ms));
  const least = throughput.reduce((one, other) => (one.toCeiling < other.toCeiling ? one : other));
  const slowest = worst(halfLoad.map(({ half, aloneP50 }) => half.p99 / aloneP50));
  const { starts, cost, memory, wallets } = growth;
  const later = starts.large.readyMs - starts.few.readyMs;
  const many = wallets.toLocaleString('en');
  return [
    goal('1 wallet: at least 11 × naive', `${toNaive('one').toFixed(1)} ×`, toNaive('one') >= 11),
    goal('1,000 wallets: at least 6.5 × naive', `${toNaive('many').toFixed(1)} ×`, toNaive('many') >= 6.5),
    goal(
      'HTTP, database and record cost at most 25 % of the ceiling',
      `${((1 - least.toCeiling) * 100).toFixed(0)} % at worst (${least.label})`,
      least.toCeiling >= 0.75,
    ),
    goal('p99 at half the peak: at most 4 × one request alone', `${slowest.toFixed(1)} × at worst`, slowest <= 4),
    goal('event-loop delay p99 at the peak under 20 ms', `${delay.toFixed(1)} ms at worst`, delay < 20),
    goal(
      `a signature among ${many} wallets costs at most 10 % more than among 1,000`,
      `${((cost.costRatio - 1) * 100).toFixed(1)} % more CPU, ${((cost.speedRatio - 1) * 100).toFixed(1)} % slower`,
      cost.costRatio <= 1.1,
    ),
    goal(`ready with ${many} wallets within 3 s of 10`, `${(later / 1000).toFixed(2)} s later`, later <= 3000),
    goal(
      `memory with ${many} wallets under 400 MiB`,
      memory === undefined
        ? 'not known on this system'
        : `${starts.large.mebibytes.toFixed(0)} MiB when ready, ${memory.most.toFixed(0)} at most under the peak load`,
      memory === undefined ? undefined : memory.most < 400,
    ),
    goal(
      'goodput at 5 × the peak load at least 80 % of the peak',
      `${(overload.rate.goodput * 100).toFixed(0)} %; with 5 × as many in flight ` +
        `${(overload.inFlight.goodput * 100).toFixed(0)} %`,
      Math.min(overload.rate.goodput, overload.inFlight.goodput) >= 0.8,
    ),
    goal(
      'health answers during it',
      `${overload.health.answered} of ${overload.health.answered + overload.health.failed}, at most ` +
        `${overload.health.most?.toFixed(0) ?? '–'} ms`,
      overload.health.failed === 0,
    ),
  ].map((one) => ({ ...one, cores: machine.cores }));
}

/**
 * @param {string} what
 * @param {string} measured
 * @param {boolean | undefined} isMet
 */
const goal = (what, measured, isMet) => ({ what, measured, isMet });
