// Drives a server on loopback, in a process of its own. Questions: pool, start, look, seen, window, stop.
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerParent } from './children.mjs';
import { Connection } from './connection.mjs';
import { Observation } from './observation.mjs';
import { STAMP, sharedMs } from './passages.mjs';
import { bytesOf } from './request-bytes.mjs';

/** Connections at most under open load: several times as many as the server lets wait. */
const MOST_CONNECTIONS = 6000;

/** @typedef {{ readonly index: number, readonly bytes: Buffer }} Due */
/** @typedef {(bytes: Buffer) => Buffer} Stamp */

/** @type {Map<string, readonly Buffer[]>} */
const pools = new Map();
let observation = new Observation();
/** @type {ReturnType<typeof closedLoad> | undefined} */
let load;
/** @type {Stamp} */
let stamp = (bytes) => bytes;

answerParent((question) => answers[question.kind](question));

/** @type {Readonly<Record<string, (question: any) => unknown>>} */
const answers = {
  /** Keeps requests under a name, all with these headers as well. */
  pool: ({ name, requests, headers = [] }) =>
    void pools.set(
      name,
      requests.map((/** @type {import('./request-bytes.mjs').Sendable} */ request) => bytesOf(request, headers)),
    ),
  /**
   * Begins to send: `connections` requests in flight all the time, `from` an address if one is given, or `perSecond`
   * requests whatever comes back; with the time of sending when `isStamped`.
   */
  start: ({ pool, port, from, connections, perSecond, isStamped }) => {
    const next = rotation(pools.get(pool) ?? []);
    stamp = isStamped ? stamped : (bytes) => bytes;
    load = perSecond === undefined ? closedLoad({ port, from }, next, connections) : openLoad(port, next, perSecond);
  },
  /** Begins to look at what is answered. */
  look: () => {
    observation = new Observation();
  },
  /** What was answered since. */
  seen: () => observation.result(),
  /** Both, so many milliseconds apart. */
  window: async ({ milliseconds }) => {
    observation = new Observation();
    await sleep(milliseconds);
    return observation.result();
  },
  stop: () => load?.stop(),
};

/**
 * The pool's requests over and over. The service forgets them before each measurement, and a pool is about as large as
 * what a measurement sends: one that is sent again is a repeat, which adds nothing to the record.
 *
 * @param {readonly Buffer[]} requests
 * @returns {() => Due}
 */
function rotation(requests) {
  let index = -1;
  return () => {
    index = (index + 1) % requests.length;
    return { index, bytes: requests[index] };
  };
}

/**
 * @param {Connection} connection
 * @param {Due} due
 * @param {() => void} onAnswer
 */
function sendOn(connection, { index, bytes }, onAnswer) {
  const sentAt = performance.now();
  connection.send(stamp(bytes), (status, text) => {
    observation.answered(status, performance.now() - sentAt, index, text);
    onAnswer();
  });
}

/**
 * @param {{ readonly port: number, readonly from: string | undefined }} way
 * @param {() => Due} next
 * @param {number} connections
 */
function closedLoad({ port, from }, next, connections) {
  let isOver = false;
  const loops = Array.from({ length: connections }, () => {
    const connection = new Connection(port, from);
    /** @type {Promise<void>} */
    const done = new Promise((resolve) => {
      const again = () => {
        if (!isOver) return void sendOn(connection, next(), again);
        connection.close();
        resolve();
      };
      again();
    });
    return done;
  });
  return {
    stop: async () => {
      isOver = true;
      await Promise.all(loops);
    },
  };
}

/**
 * Arrivals of a Poisson process: bursts come as they do in life. Latency is counted from the sending.
 *
 * @param {number} port
 * @param {() => Due} next
 * @param {number} perSecond
 */
function openLoad(port, next, perSecond) {
  /** @type {Connection[]} */
  const idle = [];
  /** @type {Connection[]} */
  const all = [];
  let dueAt = performance.now();
  let inFlight = 0;
  const arrive = () => {
    let connection = idle.pop();
    if (connection === undefined) {
      if (all.length === MOST_CONNECTIONS) return observation.unsent();
      connection = new Connection(port);
      all.push(connection);
    }
    inFlight += 1;
    sendOn(connection, next(), () => {
      inFlight -= 1;
      idle.push(connection);
    });
  };
  const timer = globalThis.setInterval(() => {
    for (const now = performance.now(); dueAt <= now; dueAt -= (Math.log(1 - Math.random()) * 1000) / perSecond)
      arrive();
  }, 1);
  return {
    stop: async () => {
      globalThis.clearInterval(timer);
      for (let waits = 0; inFlight > 0 && waits < 100; waits++) await sleep(50);
      for (const connection of all) connection.close();
    },
  };
}

/**
 * The request with the time of its sending as its first header.
 *
 * @param {Buffer} bytes
 */
function stamped(bytes) {
  const at = bytes.indexOf('\r\n') + 2;
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(`${STAMP}: ${sharedMs()}\r\n`), bytes.subarray(at)]);
}
