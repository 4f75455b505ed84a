import { HONEST_CONNECTIONS } from './pipelining.mjs';
import { sum } from './statistics.mjs';
import { figure, renderTable } from './table.mjs';

/** @typedef {import('./pipelining.mjs').PipeliningWindow} PipeliningWindow */

/**
 * @param {readonly { readonly name: string, readonly seen: import('./pipelining.mjs').Pipelined }[]} all
 * @param {import('./machine.mjs').Machine} machine
 * @param {boolean} asMarkdown
 */
export function renderPipelining(all, machine, asMarkdown) {
  const about =
    `${machine.date}, ${machine.cores} cores of ${machine.cpu}, Node ${machine.node}; load average before ` +
    `${figure(machine.loadBefore, 1)}; ${HONEST_CONNECTIONS} honest connections, each with one request under way; ` +
    `the attack in connections × requests that are sent in one piece on each.`;
  const parts = all.flatMap(({ name, seen }) => [
    `**${name}**`,
    renderTable(rowsOf(seen), asMarkdown),
    `The server ${seen.isAlive ? 'answers' : 'does NOT answer'} afterwards.`,
  ]);
  return [about, ...parts].join(asMarkdown ? '\n\n' : '\n');
}

/** @param {import('./pipelining.mjs').Pipelined} seen */
function rowsOf({ results }) {
  const heading = ['honest signing', 'attack', 'signed/s', 'of idle', 'p99 ms', 'refused/s', 'lost/s', 'HTTP thread'];
  const ofAttacker = ['attacker: connections/s', 'signed/s', 'refused/s'];
  const rows = results.flatMap(({ name, idle, attacked }) => [
    [name, 'none', figure(idle.perSecond), '', ...detailsOf(idle), '', '', ''],
    ...attacked.map(({ attack, ...window }) => [
      name,
      attack,
      figure(window.perSecond),
      `${figure((100 * window.perSecond) / idle.perSecond)} %`,
      ...detailsOf(window),
      ...sentOf(window),
    ]),
  ]);
  return [[...heading, ...ofAttacker], ...rows];
}

/** @param {PipeliningWindow} window */
function detailsOf({ p99, statuses, seconds, mainShare }) {
  const refused = sum(Object.entries(statuses).map(([status, count]) => (['0', '200'].includes(status) ? 0 : count)));
  return [figure(p99), figure(refused / seconds), figure((statuses[0] ?? 0) / seconds), `${figure(mainShare * 100)} %`];
}

/** @param {PipeliningWindow} window */
function sentOf({ sent }) {
  if (sent === undefined) return ['', '', ''];
  const { opened, statuses, seconds } = sent;
  const signed = statuses[200] ?? 0;
  const refused = sum(Object.values(statuses)) - signed;
  return [opened, signed, refused].map((count) => figure(count / seconds));
}
