// Floods a server with one tenant's wallets, in a process of its own. Questions: start, stop.
import { setPriority } from 'node:os';
import { performance } from 'node:perf_hooks';
import { answerParent } from './children.mjs';
import { Connection } from './connection.mjs';
import { requestText } from './flood-cast.mjs';

/** Connections that are opened at a time: more would be a flood of connections, and wait for the kernel. */
const OPENED_AT_ONCE = 250;

/**
 * @typedef {object} Sent
 * @property {number} seconds
 * @property {Record<string, number>} statuses 0 = the connection was closed instead
 * @property {number} cpuMicros
 */

let isOver = false;
/** @type {Map<number, number>} */
const statuses = new Map();
/** @type {Connection[]} */
const connections = [];
let [startedAt, startedCpu] = [0, process.cpuUsage()];

answerParent((question) => (question.kind === 'start' ? start(question) : stop()));

/** @param {{ port: number, token: string, connections: number, niceness: number }} question */
function start({ port, token, connections: count, niceness }) {
  if (niceness > 0) setPriority(niceness);
  const bytes = Buffer.from(requestText('POST /wallet', [`X-Jwt-Token: ${token}`], ''));
  [startedAt, startedCpu] = [performance.now(), process.cpuUsage()];
  const open = () => {
    for (let opened = 0; opened < OPENED_AT_ONCE && connections.length < count && !isOver; opened++) {
      const connection = new Connection(port);
      connections.push(connection);
      const again = () => {
        if (isOver) return;
        connection.send(bytes, (status) => {
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          again();
        });
      };
      again();
    }
    if (connections.length < count && !isOver) globalThis.setTimeout(open, 10);
  };
  open();
}

/** @returns {Sent} */
function stop() {
  isOver = true;
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(startedCpu);
  for (const connection of connections) connection.close();
  return { seconds, statuses: Object.fromEntries(statuses), cpuMicros: user + system };
}
