import { FLOOD_CONNECTIONS } from './flood.mjs';
import { percentile, sum } from './statistics.mjs';
import { figure, renderTable } from './table.mjs';

/** @typedef {import('./flood.mjs').Flooded} Flooded */
/** @typedef {import('./flood.mjs').FloodWindow} FloodWindow */

const CALLS = /** @type {const} */ ([
  ['health', '/health/live'],
  ['connect', 'the same, connecting anew'],
  ['sign', 'another’s signature'],
  ['revoke', 'another’s revocation'],
]);

const MOST_REVOKE_MS = 250;
const MOST_HEALTH_MS = 100;
const TIMES_SIGN = 10;

/**
 * @param {readonly { readonly name: string, readonly flooded: Flooded }[]} seen
 * @param {import('./machine.mjs').Machine} machine
 * @param {boolean} asMarkdown
 */
export function renderFlood(seen, machine, asMarkdown) {
  const about =
    `${machine.date}, ${machine.cores} cores of ${machine.cpu}, Node ${machine.node}; load average before ` +
    `${figure(machine.loadBefore, 1)}; ${figure(FLOOD_CONNECTIONS)} connections make wallets without a pause.`;
  const parts = seen.flatMap(({ name, flooded }) => [
    `**${name}**`,
    renderTable(callRows(flooded), asMarkdown),
    renderTable(machineRows(flooded), asMarkdown),
    sentLine(flooded),
  ]);
  return [about, ...parts].join(asMarkdown ? '\n\n' : '\n');
}

/** @param {Flooded} flooded */
function callRows({ idle, flood }) {
  const heading = ['ms', 'idle p50', 'idle p99', 'idle worst', 'flood p50', 'flood p99', 'flood worst', 'goal', ''];
  const rows = CALLS.map(([name, label]) => {
    const at = (/** @type {FloodWindow} */ seen, /** @type {number} */ percent) =>
      percentile(seen.latencies[name], percent) ?? NaN;
    const all = [idle, flood].flatMap((seen) => [50, 99, 100].map((percent) => at(seen, percent)));
    const goals = {
      health: { what: `p99 < ${MOST_HEALTH_MS}`, isMet: at(flood, 99) < MOST_HEALTH_MS },
      sign: { what: `p99 < ${figure(TIMES_SIGN * at(idle, 99))}`, isMet: at(flood, 99) < TIMES_SIGN * at(idle, 99) },
      revoke: { what: `worst < ${MOST_REVOKE_MS}`, isMet: at(flood, 100) < MOST_REVOKE_MS },
    };
    const figures = all.map((value) => figure(value, 1));
    if (name === 'connect') return [label, ...figures, '–', ''];
    const { what, isMet } = goals[name];
    return [label, ...figures, what, isMet ? 'met' : 'NOT met'];
  });
  return [heading, ...rows];
}

/** @param {Flooded} flooded */
function machineRows({ idle, flood }) {
  const row = (/** @type {string} */ name, /** @type {(seen: FloodWindow) => string} */ value) => [
    name,
    value(idle),
    value(flood),
  ];
  const ofCore = (/** @type {number | undefined} */ share) =>
    share === undefined ? '–' : `${figure(share * 100)} % of a core`;
  return [
    ['', 'idle', 'flood'],
    row('server’s event-loop delay, p99 ms', ({ lagMs }) => figure(lagMs.p99, 1)),
    row('server’s event-loop delay, worst ms', ({ lagMs }) => figure(lagMs.most, 1)),
    row('server’s HTTP thread', ({ mainShare }) => ofCore(mainShare)),
    row('server’s other threads', ({ othersShare }) => ofCore(othersShare)),
    row('observer’s own delay, worst ms', ({ observerLagMs }) => figure(observerLagMs, 1)),
    row('refused or lost', ({ failures }) => {
      const texts = Object.entries(failures).map(([what, count]) => `${what}: ${count}`);
      return texts.length === 0 ? 'none' : texts.join(', ');
    }),
  ];
}

/** @param {Flooded} flooded */
function sentLine({ sent, isAlive }) {
  const { seconds, statuses, cpuMicros } = sent;
  const each = Object.entries(statuses).map(([status, count]) => `${status} ${figure(count / seconds)}/s`);
  return (
    `The flood heard ${figure(sum(Object.values(statuses)) / seconds)} answers a second (${each.join(', ')}; 0 = ` +
    `closed) and took ${figure(cpuMicros / seconds / 1e4)} % of a core. The server ${isAlive ? 'answers' : 'does NOT answer'} afterwards.`
  );
}
