// What is measured, and for how long: the whole plan is bounded in time, whatever the machine.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** @typedef {ReturnType<typeof planFrom> & { readonly project?: string | undefined }} Plan */
/** @typedef {(line: string) => void} Say */

/** Requests in flight that keep every worker in full batches. */
export const SATURATING = 256;

/** How many wallets take turns in signing. */
export const SCENARIOS = [
  { name: 'one', label: '1 wallet', wallets: 1 },
  { name: 'some', label: '64 wallets', wallets: 64 },
  { name: 'many', label: '1,000 wallets', wallets: 1000 },
];

const FULL = {
  rounds: 3,
  warmUpMs: 700,
  settleMs: 2000,
  windowMs: 2500,
  naiveMs: 1000,
  pointMs: 1500,
  steadyMs: 4000,
  overloadMs: 6000,
  floodIdleMs: 8000,
  floodMs: 16_000,
  pipeliningMs: 4000,
  starts: 3,
  concurrencies: [1, 2, 4, 8, 16, 32, 64, 128, 256],
  poolSize: 6144,
  largeDatabase: 100_000,
};

const QUICK = {
  rounds: 1,
  warmUpMs: 300,
  settleMs: 1000,
  windowMs: 800,
  naiveMs: 400,
  pointMs: 500,
  steadyMs: 1000,
  overloadMs: 1500,
  floodIdleMs: 3000,
  floodMs: 6000,
  pipeliningMs: 1500,
  starts: 1,
  concurrencies: [1, 8, 64, 256],
  poolSize: 1536,
  largeDatabase: 20_000,
};

const ONLY = ['throughput', 'profile', 'latency', 'flood', 'pipelining', 'limits', 'evidence', 'rows', 'reseal'];

const USAGE = `npm run bench -- [--quick] [--markdown] [--workers N] [--no-files] [--only X]
              [--against DIR] [--nice N]
  --quick      under a minute, for checking that everything works; its figures are rough
  --markdown   prints the tables as docs/performance.md shows them
  --workers N  SIGNING_WORKERS of the server and of the ceiling (default: the server's own)
  --only X     only throughput; or only profile: where each microsecond goes (takes half a minute); or only latency:
               where each millisecond goes at half the peak load (takes a minute); or only flood: what others hear
               while 3,000 connections of one tenant make wallets (takes a minute); or only pipelining: what is left
               of honest signing while 32 connections send signing requests without waiting for answers (two minutes);
               or only limits: what three limits cost, with 100,000 signatures before (two minutes);
               or only evidence: what the evidence in answers costs, and the tree behind it (five minutes);
               or only rows: what the codes of rows that decide cost (five minutes);
               or only reseal: what sealing 10,000 values again does to signing meanwhile (five minutes)
  --against DIR  only this build and the one of an older commit in the folder DIR, in turn: what a change cost
  --nice N     how much nicer than the server the generator of the flood is (default: 0, it takes what it gets)
  --no-files   writes neither reports/bench.json nor docs/performance.svg`;

/**
 * The plan as the command line asks for it. Throws, with the usage, when it asks for something else.
 *
 * @param {string[]} args
 */
export function planFrom(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        quick: { type: 'boolean', default: false },
        markdown: { type: 'boolean', default: false },
        'no-files': { type: 'boolean', default: false },
        workers: { type: 'string' },
        only: { type: 'string' },
        against: { type: 'string' },
        nice: { type: 'string', default: '0' },
      },
    });
    if (values.workers !== undefined && !/^[1-9]\d{0,2}$/.test(values.workers)) throw new Error('--workers: a number');
    if (values.only !== undefined && !ONLY.includes(values.only)) throw new Error('--only: unknown');
    if (!/^1?\d$/.test(values.nice)) throw new Error('--nice: 0 to 19');
    return {
      ...(values.quick ? QUICK : FULL),
      quick: values.quick,
      markdown: values.markdown,
      writesFiles: !values['no-files'] && values.only === undefined && values.against === undefined,
      only: values.only,
      against: values.against === undefined ? undefined : builtProject(values.against),
      nice: Number(values.nice),
      workers: values.workers === undefined ? availableParallelism() : Number(values.workers),
      configuredWorkers: values.workers,
    };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n${USAGE}`, { cause: error });
  }
}

/** @param {string} folder */
function builtProject(folder) {
  const project = resolve(folder);
  if (!existsSync(join(project, 'dist', 'main.js'))) throw new Error(`--against: ${project} has no build`);
  return project;
}
