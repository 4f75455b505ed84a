// Asks gently what others are kept from, in a process of its own. Questions: prepare, watch.
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerParent } from './children.mjs';
import { Connection } from './connection.mjs';
import { LAG_RESOLUTION_MS } from './measure.mjs';

/** How long is waited for what was due within a window; what has no answer by then counts with all that time. */
const PATIENCE_MS = 5000;

/**
 * Connections that are open before anything is watched, as clients of a busy service have them. Whoever connects anew
 * waits behind all who connect, which is watched apart.
 */
const KEPT_CONNECTIONS = 64;

/** @type {Record<string, Buffer[]>} */
const requests = {};
/** @type {Record<string, number>} how many of each have been sent */
const sent = {};
/** @type {Connection[]} */
const idle = [];
let port = 0;

answerParent(({ kind, ...question }) => (kind === 'prepare' ? prepare(question) : watch(question)));

/** @param {any} question the port, and by name what is sent */
async function prepare({ port: given, ...texts }) {
  port = given;
  for (const [name, list] of Object.entries(/** @type {Record<string, string[]>} */ (texts))) {
    requests[name] = list.map((text) => Buffer.from(text));
    sent[name] = 0;
  }
  const opening = Array.from({ length: KEPT_CONNECTIONS }, () => {
    const connection = new Connection(port);
    /** @type {Promise<void>} */
    const isOpen = new Promise((resolve) => connection.send(requests.health[0], () => resolve()));
    return isOpen.then(() => idle.push(connection));
  });
  await Promise.all(opening);
}

/**
 * Sends each at its pace, whatever comes back, and counts from when each was due: what waits to be sent waits too.
 *
 * @param {any} question how many of each a second (`paces`), and for how many `milliseconds`
 */
async function watch({ paces, milliseconds }) {
  /** @type {[name: string, perSecond: number][]} */
  const wanted = Object.entries(paces);
  const delay = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS });
  delay.enable();
  /** @type {Record<string, number[]>} */
  const latencies = {};
  /** @type {Record<string, number>} */
  const failures = {};
  /** @type {Map<Connection, { readonly name: string, readonly dueAt: number }>} */
  const waiting = new Map();
  const ask = (/** @type {string} */ name, /** @type {number} */ dueAt) => {
    const all = requests[name];
    const bytes = all[sent[name] % all.length];
    sent[name] += 1;
    const isAnew = name === 'connect';
    const connection = (isAnew ? undefined : idle.pop()) ?? new Connection(port);
    waiting.set(connection, { name, dueAt });
    connection.send(bytes, (status) => {
      // Given up already.
      if (!waiting.delete(connection)) return;
      latencies[name].push(performance.now() - dueAt);
      if (isAnew) connection.close();
      else idle.push(connection);
      if (status < 200 || status > 299) failures[`${name} ${status}`] = (failures[`${name} ${status}`] ?? 0) + 1;
    });
  };
  const begun = performance.now();
  const dues = wanted.map(([name, perSecond], index) => {
    latencies[name] = [];
    // Not all at the same moment.
    return { name, everyMs: 1000 / perSecond, at: begun + 7 * index };
  });
  while (performance.now() - begun < milliseconds) {
    for (const due of dues) {
      for (; due.at <= performance.now(); due.at += due.everyMs) ask(due.name, due.at);
    }
    await sleep(1);
  }
  for (const until = performance.now() + PATIENCE_MS; waiting.size > 0 && performance.now() < until;) await sleep(5);
  for (const [connection, { name, dueAt }] of waiting) {
    latencies[name].push(performance.now() - dueAt);
    failures[`${name} unanswered`] = (failures[`${name} unanswered`] ?? 0) + 1;
    connection.close();
  }
  delay.disable();
  return { latencies, failures, observerLagMs: Math.max(0, delay.max / 1e6 - LAG_RESOLUTION_MS) };
}
