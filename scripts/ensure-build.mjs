import './require-node.mjs';
import { forgetBuild, hashSources, isBuilt, stampBuild } from './build-stamp.mjs';
import { giveUp, inProject, isEntryPoint, narrate } from './project.mjs';
import { runNode, TO_STDERR } from './run-child.mjs';

/** Builds when dist is missing or not made from these sources; ends the process when that fails. */
export async function ensureBuild() {
  // Taken before the build: a file saved meanwhile makes the next start build again.
  const sourcesHash = hashSources();
  if (isBuilt(sourcesHash)) return;
  narrate('Building.');
  forgetBuild();
  const nest = inProject('node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  const exitCode = await runNode([nest, 'build'], { stdio: TO_STDERR });
  if (exitCode !== 0) giveUp(`The build failed (exit code ${exitCode}).`, exitCode);
  stampBuild(sourcesHash);
}

if (isEntryPoint(import.meta.url)) await ensureBuild();
