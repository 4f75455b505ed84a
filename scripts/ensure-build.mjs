import './require-node.mjs';
import { rmSync } from 'node:fs';
import { CLIENT, CONSOLE, SERVER, forgetBuild, hashSources, isBuilt, stampBuild } from './build-stamp.mjs';
import { giveUp, inProject, isEntryPoint, narrate } from './project.mjs';
import { runNode, TO_STDERR } from './run-child.mjs';

const tool = (/** @type {string[]} */ ...path) => inProject('node_modules', ...path);
const COMPILER = tool('typescript', 'bin', 'tsc');

const VITE = [tool('vite', 'bin', 'vite.js'), 'build', inProject('packages', 'console'), '--logLevel', 'warn'];

/** What stands together is built at once. The server's demo is compiled against the client's types. */
const BUILDS = [
  [
    { name: 'client', part: CLIENT, command: [COMPILER, '-p', inProject('packages', 'client')] },
    { name: 'console', part: CONSOLE, command: VITE },
  ],
  [{ name: 'server', part: SERVER, command: [tool('@nestjs', 'cli', 'bin', 'nest.js'), 'build'] }],
];

/**
 * Builds each part that is missing or not made from these sources; ends the process when that fails.
 *
 * @param {{ readonly anew?: boolean }} [options] anew: builds all of them
 */
export async function ensureBuild({ anew = false } = {}) {
  for (const builds of BUILDS) {
    // All of them end before one that failed ends the process.
    const failed = (await Promise.all(builds.map((build) => failureOf(build, anew)))).find((why) => why !== undefined);
    if (failed !== undefined) giveUp(failed.line, failed.exitCode);
  }
}

/**
 * @param {(typeof BUILDS)[number][number]} build
 * @param {boolean} anew
 * @returns {Promise<{ readonly line: string, readonly exitCode: number } | undefined>}
 */
async function failureOf({ name, part, command }, anew) {
  // Taken before the build: a file saved meanwhile makes the next start build again.
  const sourcesHash = hashSources(part);
  if (!anew && isBuilt(part, sourcesHash)) return undefined;
  narrate(`Building the ${name}.`);
  forgetBuild(part);
  // What no longer has a source must not stay.
  rmSync(inProject(part.output), { recursive: true, force: true });
  const exitCode = await runNode(command, { stdio: TO_STDERR });
  if (exitCode !== 0) return { line: `The build of the ${name} failed (exit code ${exitCode}).`, exitCode };
  stampBuild(part, sourcesHash);
  return undefined;
}

if (isEntryPoint(import.meta.url)) await ensureBuild({ anew: process.argv.includes('--anew') });
