// npm run test:interop: our transparency log beside Go's, 0Chain's own Go client against the built server, and its WASM
// build in Chromium. With further arguments, which go to `go test`, the Go client alone.
import { ensureBuild } from './ensure-build.mjs';
import { ensureInstall } from './ensure-install.mjs';
import { reasonGoCannot, runGoTests } from './go-tests.mjs';
import { inProject } from './project.mjs';
import { reportSuite } from './reports.mjs';
import { whileServing } from './serve-built.mjs';
import { skipped } from './suite-skip.mjs';
import { runTlogTests } from './tlog-tests.mjs';
import { runWasmTests } from './wasm-tests.mjs';

const SUITE = 'interop';
const CLIENT = inProject('test', 'interop', 'gosdk');

await ensureInstall();
await ensureBuild();

const words = process.argv.slice(2);
const suites = [...(words.length > 0 ? [] : [await runTlogTests()]), ...(await runClients())];
/** @param {keyof import('./count-run.mjs').Counts} kind */
const sum = (kind) => suites.reduce((total, counts) => total + counts[kind], 0);
const counts = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
reportSuite(SUITE, counts);
console.log(`${SUITE}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed === 0 ? 0 : 1;

/** @returns {Promise<readonly import('./count-run.mjs').Counts[]>} */
async function runClients() {
  const reason = reasonGoCannot(CLIENT);
  if (reason !== undefined) return [skipped('   gosdk', reason, { demanded: reason !== 'Go is not installed' })];
  return whileServing(async (server) => {
    const { url, zvaultUrl, zauthUrl, jwtSecret } = server;
    const settings = { KMS_URL: url, KMS_ZVAULT_URL: zvaultUrl, KMS_ZAUTH_URL: zauthUrl, KMS_JWT_SECRET: jwtSecret };
    const inGo = await runGoTests(CLIENT, settings, words);
    return words.length > 0 ? [inGo] : [inGo, await runWasmTests(CLIENT, server)];
  });
}
