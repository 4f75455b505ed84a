// Sends many signing requests in one piece on each connection, in a process of its own. Questions: pool, start, stop.
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import { answerParent } from './children.mjs';
import { bytesOf } from './request-bytes.mjs';

/** Characters in which an answer's status may be cut in two. */
const STATUS_LENGTH = 'HTTP/1.1 200'.length;

/**
 * @typedef {object} Attacked
 * @property {number} seconds
 * @property {number} opened connections
 * @property {Record<string, number>} statuses
 * @property {number} cpuMicros
 */

/** @typedef {{ port: number, from: string, connections: number, perPiece: number, againAfterMs: number }} Attack */

/** Requests that have not been signed yet, as far as is known. @type {Buffer[]} */
let fresh = [];
/** Those that have: again they would be repeats. @type {Buffer[]} */
let spent = [];
/** @type {Map<string, number>} */
let statuses = new Map();
/** @type {Set<import('node:net').Socket>} */
const sockets = new Set();
let isOver = false;
let opened = 0;
let [startedAt, startedCpu] = [0, process.cpuUsage()];

/** @type {Readonly<Record<string, (question: any) => unknown>>} */
const answers = {
  pool: ({ requests }) => {
    fresh = requests.map((/** @type {import('./request-bytes.mjs').Sendable} */ request) => bytesOf(request));
  },
  start,
  stop,
};

answerParent((question) => answers[question.kind](question));

/** @param {Attack} attack */
function start(attack) {
  [isOver, opened, statuses] = [false, 0, new Map()];
  [startedAt, startedCpu] = [performance.now(), process.cpuUsage()];
  for (let index = 0; index < attack.connections; index++) open(attack);
}

/** @param {Attack} attack */
function open(attack) {
  const { port, from, perPiece, againAfterMs } = attack;
  opened += 1;
  const socket = connect({ port, host: '127.0.0.1', localAddress: from, noDelay: true });
  sockets.add(socket);
  /** @type {Buffer[]} */
  let piece = [];
  let tail = '';
  const send = () => {
    if (fresh.length < perPiece) [fresh, spent] = [[...fresh, ...spent], []];
    piece = fresh.splice(0, perPiece);
    socket.write(Buffer.concat(piece));
  };
  socket.on('connect', send);
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    const text = tail + chunk.toString('latin1');
    let end = 0;
    for (const match of text.matchAll(/HTTP\/1\.1 (\d{3})/g)) {
      end = match.index + STATUS_LENGTH;
      statuses.set(match[1], (statuses.get(match[1]) ?? 0) + 1);
      // Answers come in the order of the requests.
      (match[1] === '200' ? spent : fresh).push(...piece.splice(0, 1));
    }
    tail = text.slice(Math.max(end, text.length - STATUS_LENGTH + 1));
    if (piece.length === 0) send();
  });
  socket.on('close', () => {
    sockets.delete(socket);
    fresh.push(...piece.splice(0));
    if (!isOver) globalThis.setTimeout(() => !isOver && open(attack), againAfterMs);
  });
}

/** @returns {Attacked} */
function stop() {
  isOver = true;
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(startedCpu);
  for (const socket of sockets) socket.destroy();
  return { seconds, opened, statuses: Object.fromEntries(statuses), cpuMicros: user + system };
}
