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
 * @param {import('node:child_process').SpawnOptions} [options]
 * @param {readonly string[]} [words] what it is told, our own arguments if absent
 */
export async function runBuilt(path, nodeArguments = [], options = {}, words = process.argv.slice(2)) {
  await ensureInstall();
  await ensureBuild();
  const program = inProject('dist', ...path.split('/'));
  process.exitCode = await runNode([...nodeArguments, program, ...words], options);
}

/**
 * The same for a command of `kms`, which some of npm's are: our own arguments stand behind its name.
 *
 * @param {...string} command
 */
export async function runKms(...command) {
  await runBuilt('cli/kms.js', [], {}, [...command, ...process.argv.slice(2)]);
}
