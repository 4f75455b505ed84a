// What is left of honest signing while others send requests without waiting for answers (`--only pipelining`).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { authenticateRowsIn, keyRingsIn } from './key-rings.mjs';
import { createHerumiEngine } from '#built/crypto/mcl/herumi-engine.js';
import { loadMclModule } from '#built/crypto/mcl/mcl-module.js';
import { createSealer } from '#built/crypto/sealing/create-sealer.js';
import { forkAnswerer } from './children.mjs';
import { insertWallets } from './database.mjs';
import { floodedFolder, tokenOf } from './flood-cast.mjs';
import { checkAnswers, makeMessages } from './requests.mjs';
import { startServer, threadTimes } from './server.mjs';
import { makeWallet } from './wallets.mjs';

/** The honest: each has one request under way, all the time. */
export const HONEST_CONNECTIONS = 64;

/** Few connections with many requests in one piece on each; and many that do wait for answers, to compare. */
export const ATTACKS = [
  { name: '32 × 60, anew after 1 ms', connections: 32, perPiece: 60, againAfterMs: 1 },
  { name: '32 × 60, anew after 200 ms', connections: 32, perPiece: 60, againAfterMs: 200 },
  { name: '1,000 × 1', connections: 1000, perPiece: 1, againAfterMs: 200 },
];

const ATTACKER = { from: '127.0.0.1' };

/** Who signs honestly. The attack comes from 127.0.0.1, without a token. */
export const HONEST = [
  { name: 'at the attacker’s address', pool: 'plain', from: ATTACKER.from },
  { name: 'at another address', pool: 'plain', from: '127.0.0.2' },
  { name: 'with a token, at the attacker’s address', pool: 'token', from: ATTACKER.from },
];

const HONEST_WALLETS = 64;
/** Enough that hardly any is asked for twice within one window. */
const POOL_SIZE = 8192;

/** @typedef {Awaited<ReturnType<typeof measureOne>>} Pipelined */
/** @typedef {Awaited<ReturnType<typeof look>>} PipeliningWindow */
/** @typedef {Awaited<ReturnType<typeof prepare>>} Prepared */

/**
 * Of the build in the folder `plan.against`, if there is one, and then of this one.
 *
 * @param {string} root
 * @param {import('./plan.mjs').Plan} plan
 * @param {import('./plan.mjs').Say} say
 */
export async function measurePipelining(root, plan, say) {
  const builds = plan.against === undefined ? [] : [{ name: 'before', project: plan.against }];
  /** @type {{ name: string, seen: Pipelined }[]} */
  const all = [];
  for (const { name, project } of [...builds, { name: 'this build', project: undefined }]) {
    say(`${name}: starting`);
    all.push({ name, seen: await measureOne(floodedFolder(root, name), { ...plan, project }, say) });
  }
  return all;
}

/**
 * @param {string} folder
 * @param {import('./plan.mjs').Plan} plan
 * @param {import('./plan.mjs').Say} say
 */
async function measureOne(folder, plan, say) {
  const prepared = await prepare(folder, plan);
  const server = await startServer(folder, plan);
  const children = {
    generator: forkAnswerer('./load-generator.mjs'),
    attacker: forkAnswerer('./pipelining-attacker.mjs'),
  };
  try {
    const { honest, hostile, token } = prepared;
    const headers = [`Authorization: Bearer ${token}`];
    await children.generator.ask({ kind: 'pool', name: 'plain', requests: honest.map(sendable) });
    await children.generator.ask({ kind: 'pool', name: 'token', requests: honest.map(sendable), headers });
    await children.attacker.ask({ kind: 'pool', requests: hostile.map(sendable) });
    const results = [];
    for (const who of HONEST) {
      say(`honest signing ${who.name}`);
      const at = { server, ...children, prepared, plan, who };
      const idle = await look(at, undefined);
      const attacked = [];
      for (const attack of ATTACKS) attacked.push({ attack: attack.name, ...(await look(at, attack)) });
      results.push({ name: who.name, idle, attacked });
    }
    return { results, isAlive: await server.isAlive() };
  } finally {
    children.generator.end();
    children.attacker.end();
    await server.stop();
  }
}

/** @param {import('./requests.mjs').SigningCall} call */
const sendable = ({ path, peer, body }) => ({ path, peer, body });

/**
 * A database in `folder` with wallets for both sides, and what they will send, the users' halves signed.
 *
 * @param {string} folder
 * @param {import('./plan.mjs').Plan} plan
 */
async function prepare(folder, plan) {
  const engine = createHerumiEngine(await loadMclModule());
  await (await startServer(folder, plan)).stop();
  const read = (/** @type {string} */ name) => readFileSync(join(folder, name), 'utf8').trim();
  const sealer = createSealer((await keyRingsIn(folder)).auth);
  const wallets = Array.from({ length: HONEST_WALLETS + 1 }, () => makeWallet(engine, sealer));
  insertWallets(folder, wallets);
  await authenticateRowsIn(folder);
  return {
    engine,
    honest: makeMessages(engine, wallets.slice(1), POOL_SIZE),
    hostile: makeMessages(engine, wallets.slice(0, 1), POOL_SIZE),
    token: await tokenOf(read('jwt-secret'), 'honest'),
  };
}

/**
 * One window: honest signing alone, or under the attack, which begins a little before it.
 *
 * @param {object} at
 * @param {import('./server.mjs').Server} at.server
 * @param {import('./children.mjs').Answerer} at.generator
 * @param {import('./children.mjs').Answerer} at.attacker
 * @param {Prepared} at.prepared
 * @param {import('./plan.mjs').Plan} at.plan
 * @param {(typeof HONEST)[number]} at.who
 * @param {(typeof ATTACKS)[number] | undefined} attack
 */
async function look({ server, generator, attacker, prepared, plan, who }, attack) {
  const { port, pid } = server;
  // What is signed from now on is new, not a repeat.
  server.forgetDecisions();
  await generator.ask({ kind: 'start', pool: who.pool, port, from: who.from, connections: HONEST_CONNECTIONS });
  await sleep(plan.warmUpMs);
  if (attack !== undefined) {
    await attacker.ask({ kind: 'start', ...ATTACKER, ...attack, port });
    await sleep(plan.warmUpMs);
  }
  const before = threadTimes(pid);
  const begun = performance.now();
  /** @type {import('./observation.mjs').Observed} */
  const { samples, ...seen } = await generator.ask({ kind: 'window', milliseconds: plan.pipeliningMs });
  const elapsedMicros = (performance.now() - begun) * 1000;
  const after = threadTimes(pid);
  /** @type {import('./pipelining-attacker.mjs').Attacked | undefined} */
  const sent = attack === undefined ? undefined : await attacker.ask({ kind: 'stop' });
  await generator.ask({ kind: 'stop' });
  if (attack === undefined && seen.succeeded < seen.answered) {
    throw new Error(`honest signing was answered with ${JSON.stringify(seen.statuses)}, such as ${seen.refusal}`);
  }
  if (samples.length > 0) checkAnswers(prepared.engine, prepared.honest, samples);
  // What the attack has left in queues is not the next window's.
  await sleep(plan.settleMs);
  const micros = (after?.get(pid ?? 0) ?? NaN) - (before?.get(pid ?? 0) ?? NaN);
  return { ...seen, sent, mainShare: micros / elapsedMicros };
}
