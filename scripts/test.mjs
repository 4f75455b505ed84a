// npm test: install, then lint, types, import law, format, build and every test. Further arguments go to Jest.
import {
  BUILD,
  CHECK_CONSOLE,
  FORMAT,
  IMPORT_LAW,
  JEST,
  LINT,
  TYPECHECK,
  TYPECHECK_CLIENT,
  TYPECHECK_SCRIPTS,
} from './checks.mjs';
import { ensureInstall } from './ensure-install.mjs';
import { JEST_REPORT, reportSteps, startReports } from './reports.mjs';
import { runAloud, runInPairs, summarise } from './run-steps.mjs';

// Before the installation: even a run that never gets to its tests leaves no earlier report behind.
startReports();
await ensureInstall();

const checks = await runInPairs([
  { name: 'lint', args: LINT },
  { name: 'build', args: BUILD },
  { name: 'types', args: TYPECHECK },
  { name: 'script types', args: TYPECHECK_SCRIPTS },
  { name: 'client types', args: TYPECHECK_CLIENT },
  { name: 'console types', args: CHECK_CONSOLE },
  { name: 'import law', args: IMPORT_LAW },
  { name: 'format', args: FORMAT },
]);
const jest = await runAloud({
  name: 'jest',
  args: [...JEST, ...process.argv.slice(2), '--json', '--outputFile', JEST_REPORT],
});

const steps = [...checks, jest];
reportSteps(steps);
process.exitCode = summarise(steps) ? 0 : 1;
