// npm run bench [-- --quick]: what signing costs on this machine. docs/performance.md says how to read it.
import { ensureInstall } from './ensure-install.mjs';
import { ensureBuild } from './ensure-build.mjs';
import { inProject } from './project.mjs';
import { runNode } from './run-child.mjs';

await ensureInstall();
await ensureBuild();
process.exitCode = await runNode([inProject('bench', 'run.mjs'), ...process.argv.slice(2)]);
