import './require-node.mjs';
import { rmSync } from 'node:fs';
import { CLIENT, CONSOLE, SERVER, forgetBuild, hashSources, isBuilt, stampBuild } from './build-stamp.mjs';
import { giveUp, inProject, isEntryPoint, narrate } from './project.mjs';
import { runNode, TO_STDERR } from './run-child.mjs';

const tool = (/** @type {string[]} */ ...path) => inProject('node_modules', ...path);
const COMPILER = tool('typescript', 'bin', 'tsc');

/** In this order: the server's demo is compiled against the client's types. */
const BUILDS = [
  { name: 'client', part: CLIENT, command: [COMPILER, '-p', inProject('packages', 'client')] },
  { name: 'server', part: SERVER, command: [tool('@nestjs', 'cli', 'bin', 'nest.js'), 'build'] },
  {
    name: 'console',
    part: CONSOLE,
    command: [tool('vite', 'bin', 'vite.js'), 'build', inProject('packages', 'console'), '--logLevel', 'warn'],
  },
];

/**
 * Builds each part that is missing or not made from these sources; ends the process when that fails.
 *
 * @param {{ readonly anew?: boolean }} [options] anew: builds all of them
 */
export async function ensureBuild({ anew = false } = {}) {
  for (const { name, part, command } of BUILDS) {
    // Taken before the build: a file saved meanwhile makes the next start build again.
    const sourcesHash = hashSources(part);
    if (!anew && isBuilt(part, sourcesHash)) continue;
    narrate(`Building the ${name}.`);
    forgetBuild(part);
    // What no longer has a source must not stay.
    rmSync(inProject(part.output), { recursive: true, force: true });
    const exitCode = await runNode(command, { stdio: TO_STDERR });
    if (exitCode !== 0) giveUp(`The build of the ${name} failed (exit code ${exitCode}).`, exitCode);
    stampBuild(part, sourcesHash);
  }
}

if (isEntryPoint(import.meta.url)) await ensureBuild({ anew: process.argv.includes('--anew') });
