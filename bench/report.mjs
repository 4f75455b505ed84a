import { availableParallelism } from 'node:os';
import { SATURATING } from './plan.mjs';
import { sum } from './statistics.mjs';
import { figure, renderTable } from './table.mjs';

/**
 * What a run has measured.
 *
 * @typedef {object} Measured
 * @property {import('./machine.mjs').Machine} machine
 * @property {boolean} quick
 * @property {number} workers
 * @property {readonly import('./throughput.mjs').Row[]} throughput
 * @property {readonly import('./concurrency.mjs').Series[]} concurrency
 * @property {readonly import('./steadiness.mjs').HalfLoad[]} halfLoad
 * @property {import('./steadiness.mjs').Overload} overload
 * @property {Awaited<ReturnType<typeof import('./growth.mjs').measureGrowth>>} growth
 */

/** @typedef {ReturnType<typeof import('./goals.mjs').judgeGoals>} Goals */
/** @typedef {Measured & { readonly goals: Goals, readonly seconds: number }} Result */

/**
 * Everything that was measured, as text for a terminal or as the Markdown of docs/performance.md.
 *
 * @param {Result} result
 * @param {boolean} asMarkdown
 */
export function renderReport(result, asMarkdown) {
  const { machine, quick, workers, seconds } = result;
  const naive = result.throughput.flatMap(({ rounds }) => rounds.map(({ naivePerSecond }) => naivePerSecond));
  const title = (/** @type {string} */ text) => (asMarkdown ? `**${text}**` : `\n── ${text}`);
  const about =
    `${machine.date}, ${machine.cores} cores of ${machine.cpu}, ${machine.memoryGib} GiB, Node ${machine.node}, ` +
    `${machine.system}; ${workers} workers; fsync ${figure(machine.fsyncMicros)} µs; load average before ` +
    `${figure(machine.loadBefore, 1)}; naive varied from ` +
    `${figure(Math.min(...naive))} to ${figure(Math.max(...naive))}/s (far apart: the machine was not quiet); the run ` +
    `took ${figure(seconds)} s${quick ? ' (quick: rough figures)' : ''}.`;
  return [
    about,
    title(`Peak, ${SATURATING} requests in flight`),
    renderThroughput(result.throughput, asMarkdown),
    title('CPU time of a request at the peak, µs'),
    renderTable(cpuRows(result.throughput), asMarkdown),
    title('Messages over the requests in flight'),
    renderTable(concurrencyRows(result.concurrency), asMarkdown),
    title('Half the peak load, Poisson arrivals'),
    renderTable(halfLoadRows(result.halfLoad), asMarkdown),
    renderTable(halfLoadCpuRows(result.halfLoad), asMarkdown),
    title('Five times the peak load'),
    renderTable(overloadRows(result.overload), asMarkdown),
    healthLine(result.overload),
    title('Few and many wallets in the database'),
    renderTable(growthRows(result.growth), asMarkdown),
    title('Goals'),
    renderTable(goalRows(result.goals), asMarkdown),
  ].join(asMarkdown ? '\n\n' : '\n');
}

/**
 * @param {Measured['throughput']} throughput
 * @param {boolean} asMarkdown
 */
export function renderThroughput(throughput, asMarkdown) {
  const heading = [
    '',
    'req/s',
    'p50 ms',
    'p99 ms',
    'µs·core',
    'ceiling/s',
    'of ceiling',
    'naive/s',
    '× naive',
    'batch',
  ];
  const rows = throughput.map((row) => [
    row.label,
    figure(row.perSecond),
    figure(row.p50, 1),
    figure(row.p99, 1),
    figure((availableParallelism() * 1e6) / row.perSecond),
    figure(row.ceilingPerSecond),
    `${figure(row.toCeiling * 100)} %`,
    figure(row.naivePerSecond),
    figure(row.toNaive, 1),
    figure(row.batch),
  ]);
  return renderTable([heading, ...rows], asMarkdown);
}

/**
 * Of a profile: each thread's wall-clock time per request and its share of what is not idle, the largest first.
 *
 * @param {import('./profile.mjs').Profile} profile
 * @param {boolean} asMarkdown
 */
export function renderProfile({ answered, perSecond, threads }, asMarkdown) {
  const tables = threads.map(({ name, micros }) => {
    const busy = sum([...micros].filter(([place]) => place !== '(idle)').map(([, value]) => value));
    const places = [...micros].sort(([, one], [, other]) => other - one).slice(0, 24);
    const rows = places.map(([place, value]) => {
      return [place, figure(value / answered, 1), place === '(idle)' ? '' : `${figure((value * 100) / busy, 1)} %`];
    });
    return renderTable([[name, 'µs per request', 'of its work'], ...rows], asMarkdown);
  });
  return [`${figure(perSecond)} requests/s while profiled`, ...tables].join('\n\n');
}

/** @param {Measured['throughput']} throughput */
function cpuRows(throughput) {
  const heading = ['', 'HTTP thread', 'other threads', 'load generator', 'idle or others', 'event-loop delay p99 ms'];
  const rows = throughput.map((row) => {
    const others = row.serverMicros - row.mainMicros;
    const unused = (availableParallelism() * 1e6) / row.perSecond - row.serverMicros - row.generatorMicros;
    const parts = [row.mainMicros, others, row.generatorMicros, unused];
    return [row.label, ...parts.map((micros) => figure(micros)), figure(row.lagP99Ms, 1)];
  });
  return [heading, ...rows];
}

/** @param {Measured['concurrency']} series */
function concurrencyRows(series) {
  const heading = ['in flight', ...series.flatMap(({ label }) => [`${label}: req/s`, 'p50 ms', 'p99 ms', 'batch'])];
  const rows = series[0].points.map(({ connections }, index) => [
    String(connections),
    ...series.flatMap(({ points }) => {
      const { perSecond, p50, p99, batch } = points[index];
      return [figure(perSecond), figure(p50, 1), figure(p99, 1), figure(batch, 1)];
    }),
  ]);
  return [heading, ...rows];
}

/** @param {Measured['halfLoad']} halfLoad */
function halfLoadRows(halfLoad) {
  const heading = ['', 'alone p50 ms', 'offered/s', 'answered/s', 'batch', 'p50 ms', 'p99 ms', 'p99 / alone'];
  const rows = halfLoad.map(({ label, aloneP50, offered, half }) => [
    label,
    figure(aloneP50, 1),
    figure(offered),
    figure(half.perSecond),
    figure(half.batch, 1),
    figure(half.p50, 1),
    figure(half.p99, 1),
    figure(half.p99 / aloneP50, 1),
  ]);
  return [heading, ...rows];
}

/**
 * CPU µs of a request at half the peak, and how many of the cores that keeps busy.
 *
 * @param {Measured['halfLoad']} halfLoad
 */
function halfLoadCpuRows(halfLoad) {
  const rows = halfLoad.map(({ label, half }) => {
    const generator = half.generatorMicros / half.answered;
    const { main, others } = half.threads ?? { main: NaN, others: NaN };
    const busy = ((main + others + generator) * half.answered) / half.seconds / 1e6;
    return [label, figure(main), figure(others), figure(generator), `${figure(busy, 2)} of ${availableParallelism()}`];
  });
  return [['CPU of a request, µs', 'HTTP thread', 'other threads', 'load generator', 'cores busy'], ...rows];
}

/** @param {Measured['overload']} overload */
function overloadRows({ rate, inFlight }) {
  /**
   * @param {string} label
   * @param {import('./steadiness.mjs').Overload['rate'] | import('./steadiness.mjs').Overload['inFlight']} seen
   */
  const row = (label, { seconds, statuses, unsent, perSecond, goodput, p99 }) => [
    label,
    figure(perSecond),
    `${figure(goodput * 100)} %`,
    figure((statuses['503'] ?? 0) / seconds),
    figure(unsent / seconds),
    figure(p99),
  ];
  return [
    ['', 'signed/s', 'of the peak', 'refused/s', 'no connection/s', 'p99 of the signed, ms'],
    row(`${figure(rate.offered)} requests a second`, rate),
    row(`${figure(inFlight.connections)} in flight, without a pause`, inFlight),
  ];
}

/** @param {Measured['overload']} overload */
function healthLine({ peakPerSecond, health, memory }) {
  return (
    `The peak around it was ${figure(peakPerSecond)}/s. Health answered ${health.answered} times, failed ` +
    `${health.failed}, at most ${figure(health.most)} ms. The server had taken ${figure(memory?.most)} MiB at most by then.`
  );
}

/** @param {Measured['growth']} growth */
function growthRows({ wallets, starts, cost, memory }) {
  const many = `${figure(wallets)} wallets`;
  return [
    ['', 'few wallets', many],
    ['ready after, ms (10 wallets)', figure(starts.few.readyMs), figure(starts.large.readyMs)],
    ['memory when ready, MiB (10 wallets)', figure(starts.few.mebibytes), figure(starts.large.mebibytes)],
    ['the most memory after the peak load, MiB', '–', figure(memory?.most)],
    ['req/s, the same 1,000 sign (1,000 wallets)', figure(cost.smallPerSecond), figure(cost.largePerSecond)],
    ['server CPU µs a request', figure(cost.smallMicros), figure(cost.largeMicros)],
  ];
}

/** @param {Goals} goals */
function goalRows(goals) {
  const verdict = (/** @type {boolean | undefined} */ isMet) =>
    isMet === undefined ? 'not known' : isMet ? 'met' : 'NOT met';
  return [['goal', 'measured', ''], ...goals.map(({ what, measured, isMet }) => [what, measured, verdict(isMet)])];
}
