// npm run test:interop: 0Chain's own Go client against the built server, and its WASM build in Chromium. With further
// arguments, which go to `go test`, the Go client alone.
import { ensureBuild } from './ensure-build.mjs';
import { ensureInstall } from './ensure-install.mjs';
import { reasonGoCannot, runGoTests } from './go-tests.mjs';
import { inProject } from './project.mjs';
import { reportSuite } from './reports.mjs';
import { whileServing } from './serve-built.mjs';
import { skipSuite } from './suite-skip.mjs';
import { runWasmTests } from './wasm-tests.mjs';

const SUITE = 'interop';
const CLIENT = inProject('test', 'interop', 'gosdk');

const reason = reasonGoCannot(CLIENT);
if (reason !== undefined) skipSuite(SUITE, reason, { demanded: reason !== 'Go is not installed' });
await ensureInstall();
await ensureBuild();

const words = process.argv.slice(2);
/** @type {readonly import('./count-run.mjs').Counts[]} */
const suites = await whileServing(async (server) => {
  const { url, zvaultUrl, zauthUrl, jwtSecret } = server;
  const settings = { KMS_URL: url, KMS_ZVAULT_URL: zvaultUrl, KMS_ZAUTH_URL: zauthUrl, KMS_JWT_SECRET: jwtSecret };
  const inGo = await runGoTests(CLIENT, settings, words);
  return words.length > 0 ? [inGo] : [inGo, await runWasmTests(CLIENT, server)];
});
/** @param {keyof import('./count-run.mjs').Counts} kind */
const sum = (kind) => suites.reduce((total, counts) => total + counts[kind], 0);
const counts = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
reportSuite(SUITE, counts);
console.log(`gosdk: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed === 0 ? 0 : 1;
