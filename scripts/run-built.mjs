import { ensureInstall } from './ensure-install.mjs';
import { ensureBuild } from './ensure-build.mjs';
import { inProject } from './project.mjs';
import { runNode } from './run-child.mjs';

/**
 * Installs and builds where needed, then runs a file of dist (`cli/demo.js`) with our own arguments, terminal and signals, and
 * ends with its exit code. stdout carries nothing but what that program writes.
 *
 * @param {string} path
 * @param {readonly string[]} [nodeArguments]
 */
export async function runBuilt(path, nodeArguments = []) {
  await ensureInstall();
  await ensureBuild();
  process.exitCode = await runNode([...nodeArguments, inProject('dist', ...path.split('/')), ...process.argv.slice(2)]);
}
