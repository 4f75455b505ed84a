import { reasonGoCannot, runGoTests } from './go-tests.mjs';
import { inProject } from './project.mjs';
import { skipped } from './suite-skip.mjs';

const COMPARISON = inProject('test', 'interop', 'tlog');

/**
 * Compares the built trees, proofs, tiles and notes of `src/audit/tlog` with Go's and with those of others who read C2SP's
 * formats. Gives `{ passed, failed, skipped }`. Where Go or the modules cannot be had it says so and counts as skipped;
 * in CI as failed, if only the modules are missing.
 *
 * @returns {Promise<import('./count-run.mjs').Counts>}
 */
export async function runTlogTests() {
  const reason = reasonGoCannot(COMPARISON);
  if (reason !== undefined) {
    return skipped('   the transparency log', reason, { demanded: reason !== 'Go is not installed' });
  }
  const settings = { KMS_NODE: process.execPath, KMS_TLOG_PEER: inProject('test', 'interop', 'tlog', 'peer.mjs') };
  return runGoTests(COMPARISON, settings, []);
}
