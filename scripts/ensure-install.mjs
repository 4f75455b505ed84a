import './require-node.mjs';
import { reasonToInstall } from './installation.mjs';
import { giveUp, isEntryPoint, narrate } from './project.mjs';
import { runNpm, TO_STDERR } from './run-child.mjs';

/** Installs from the lock file when node_modules is missing or outdated; ends the process when that fails. */
export async function ensureInstall() {
  const reason = reasonToInstall();
  if (reason === undefined) return;
  narrate(`Installing from package-lock.json: ${reason}.`);
  // The build needs the development dependencies, also where NODE_ENV or .npmrc would leave them out.
  // `npm run --silent` hands its silence down, and a failed installation must say why.
  const exitCode = await runNpm(['ci', '--include=dev', '--loglevel=error'], { stdio: TO_STDERR });
  if (exitCode !== 0) giveUp(`npm ci failed (exit code ${exitCode}).`, exitCode);
  const stillMissing = reasonToInstall();
  if (stillMissing !== undefined) {
    giveUp(`npm ci did not finish the installation: ${stillMissing}. Does your npm configuration set ignore-scripts?`);
  }
}

if (isEntryPoint(import.meta.url)) await ensureInstall();
