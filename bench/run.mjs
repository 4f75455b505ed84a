// Measures the built service on this machine. scripts/bench.mjs starts it; docs/performance.md explains it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { drawChart } from './chart.mjs';
import { killChildren } from './children.mjs';
import { compareBuilds, renderComparison } from './comparison.mjs';
import { measureConcurrency } from './concurrency.mjs';
import { measureFlood } from './flood.mjs';
import { renderFlood } from './flood-report.mjs';
import { judgeGoals } from './goals.mjs';
import { measureGrowth } from './growth.mjs';
import { traceHalfLoad } from './latency.mjs';
import { compareLimits, renderLimits } from './limits.mjs';
import { describeMachine } from './machine.mjs';
import { measurePipelining } from './pipelining.mjs';
import { renderPipelining } from './pipelining-report.mjs';
import { planFrom } from './plan.mjs';
import { profileServer } from './profile.mjs';
import { renderProfile, renderReport, renderThroughput } from './report.mjs';
import { checkAnswers } from './requests.mjs';
import { measureReseal, renderReseal } from './reseal.mjs';
import { startServer } from './server.mjs';
import { measureHalfLoad, measureOverload } from './steadiness.mjs';
import { measureThroughput } from './throughput.mjs';
import { renderTraces } from './trace-report.mjs';
import { compareWithout, PARTS, renderWithout } from './without-part.mjs';
import { openWorkshop } from './workshop.mjs';

const inProject = (/** @type {string} */ path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const startedAt = performance.now();
/** @param {string} line */
const say = (line) => console.error(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${line}`);

const root = mkdtempSync(join(tmpdir(), 'kms-bench-'));
const cleanUp = () => {
  killChildren();
  rmSync(root, { recursive: true, force: true, maxRetries: 5 });
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    cleanUp();
    process.exit(130);
  });
}

try {
  await run(planFrom(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.stack : error);
  process.exitCode = 1;
} finally {
  cleanUp();
}

/** @param {import('./plan.mjs').Plan} plan */
async function run(plan) {
  const machine = describeMachine();
  if (plan.only === 'flood') {
    console.log(renderFlood(await measureFlood(root, plan, say), machine, plan.markdown));
    return;
  }
  if (plan.only === 'pipelining') {
    console.log(renderPipelining(await measurePipelining(root, plan, say), machine, plan.markdown));
    return;
  }
  const workshop = { ...(await openWorkshop(root, plan, say)), check: checkAnswers };
  if (plan.only === 'profile') {
    console.log(renderProfile(await profileServer(workshop, plan, say), plan.markdown));
    return;
  }
  if (plan.only === 'latency') {
    console.log(renderTraces(await traceHalfLoad(workshop, plan, say), plan.markdown));
    return;
  }
  if (plan.only === 'limits') {
    console.log(renderLimits(await compareLimits(workshop, plan, say), machine, plan.markdown));
    return;
  }
  if (plan.only === 'evidence' || plan.only === 'rows') {
    const part = PARTS[plan.only];
    const pairs = await compareWithout(part, workshop, plan, say);
    console.log(renderWithout(part, pairs, machine, plan.markdown));
    return;
  }
  if (plan.only === 'reseal') {
    console.log(renderReseal(await measureReseal(workshop, plan, say), machine, plan.markdown));
    return;
  }
  if (plan.against !== undefined) {
    console.log(renderComparison(await compareBuilds(workshop, plan, say), plan.markdown));
    return;
  }
  const server = await startServer(workshop.directories.many, plan);
  const throughput = await measureThroughput(server, workshop, plan, say);
  if (plan.only === 'throughput') {
    console.log(renderThroughput(throughput, plan.markdown));
    return;
  }
  const concurrency = await measureConcurrency(server, workshop, plan, say);
  const halfLoad = await measureHalfLoad(server, workshop, plan, say);
  const overload = await measureOverload(server, workshop, plan, say);
  const growth = await measureGrowth(server, workshop, plan, say);
  await server.stop();

  const { quick, workers } = plan;
  const measured = { machine, quick, workers, throughput, concurrency, halfLoad, overload, growth };
  const result = { ...measured, goals: judgeGoals(measured), seconds: (performance.now() - startedAt) / 1000 };
  if (plan.writesFiles) write(result);
  console.log(renderReport(result, plan.markdown));
}

/** @param {import('./report.mjs').Result} result */
function write(result) {
  mkdirSync(inProject('reports'), { recursive: true });
  writeFileSync(inProject('reports/bench.json'), `${JSON.stringify(result, null, 2)}\n`);
  // A quick run's curve is too rough to be shown.
  const chart = result.quick ? 'reports/performance-quick.svg' : 'docs/performance.svg';
  writeFileSync(inProject(chart), drawChart(result));
  say(`wrote reports/bench.json and ${chart}`);
}
