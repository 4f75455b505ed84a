import { ensureInstall } from './ensure-install.mjs';
import { ensureBuild } from './ensure-build.mjs';
import { inProject } from './project.mjs';
import { runNode } from './run-child.mjs';

/**
 * Installs and builds where needed, then runs a file of dist with our own arguments, terminal and signals, and
 * ends with its exit code. stdout carries nothing but what that program writes.
 */
export async function runBuilt(...path) {
  await ensureInstall();
  await ensureBuild();
  process.exitCode = await runNode([inProject('dist', ...path), ...process.argv.slice(2)]);
}
