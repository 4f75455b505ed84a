// Loaded into a server before itself (`--import`): notes when each stamped signing request passes which stage, on the
// clock that all processes share. Written to the data directory when the server ends.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CurveThread } from '#built/auth/curve-workers/pool/curve-thread.js';
import { SigningLedger } from '#built/auth/signing/signing-ledger.js';
import { SignWithBothHalves } from '#built/auth/signing/sign-with-both-halves.js';
import { LeanRoutes } from '#built/http/lean/lean-routes.js';
import { LoadShedding } from '#built/http/lean/load-shedding.js';
import { PASSAGES_FILE, STAMP, sharedMs } from './passages.mjs';

/** Requests that are kept. */
const MOST = 100_000;

/** @typedef {Partial<import('./passages.mjs').Passage>} Passage */

/** @type {Passage[]} */
const passages = [];
/**
 * One request's times, by what the stages know of it.
 *
 * @type {[WeakMap<object, Passage>, WeakMap<object, Passage>]}
 */
const [byRaw, byMessage] = [new WeakMap(), new WeakMap()];

const { before } = LoadShedding.prototype;
/** @param {Parameters<typeof before>[0]} handle */
LoadShedding.prototype.before = function (handle) {
  const next = before.call(this, handle);
  /** @type {typeof next} */
  const noting = (request, response) => {
    const sent = request.headers[STAMP];
    if (sent !== undefined) {
      /** @type {Passage} */
      const passage = { sent: Number(sent), seen: sharedMs() };
      byRaw.set(request, passage);
      response.once('finish', () => {
        passage.written = sharedMs();
        if (passages.length < MOST) passages.push(passage);
      });
    }
    next(request, response);
  };
  return noting;
};

// The controllers come to the pipeline within one call; from there on the bytes of the message go from stage to stage.
/** @type {Passage | undefined} */
let handled;
const { add } = LeanRoutes.prototype;
/**
 * @param {Parameters<typeof add>[0]} paths
 * @param {Parameters<typeof add>[1]} route
 */
LeanRoutes.prototype.add = function (paths, route) {
  /** @type {typeof route.answer} */
  const answer = (request) => {
    handled = byRaw.get(request.raw);
    try {
      return route.answer(request);
    } finally {
      handled = undefined;
    }
  };
  add.call(this, paths, { ...route, answer });
};

const { execute } = SignWithBothHalves.prototype;
/** @param {Parameters<typeof execute>[0]} request */
SignWithBothHalves.prototype.execute = function (request) {
  if (handled !== undefined) byMessage.set(request.message, Object.assign(handled, { parsed: sharedMs() }));
  return execute.call(this, request);
};

const { perform } = CurveThread.prototype;
/**
 * @param {Parameters<typeof perform>[0]} jobs
 * @param {Parameters<typeof perform>[1]} patienceMs
 */
CurveThread.prototype.perform = async function (jobs, patienceMs) {
  const given = sharedMs();
  const done = await perform.call(this, jobs, patienceMs);
  const back = sharedMs();
  for (const job of jobs) {
    if (!('message' in job)) continue;
    Object.assign(byMessage.get(job.message) ?? {}, { given, back, arithmetic: done.milliseconds, batch: jobs.length });
  }
  return done;
};

const { decide } = SigningLedger.prototype;
/**
 * @param {Parameters<typeof decide>[0]} shareId
 * @param {Parameters<typeof decide>[1]} subject
 * @param {Parameters<typeof decide>[2]} request
 */
SigningLedger.prototype.decide = async function (shareId, subject, request) {
  const outcome = await decide.call(this, shareId, subject, request);
  Object.assign(byMessage.get(request.message) ?? {}, { decided: sharedMs() });
  return outcome;
};

process.once('exit', () => {
  if (passages.length === 0) return;
  writeFileSync(join(process.env.DATA_DIR ?? '.', PASSAGES_FILE), JSON.stringify(passages));
});
