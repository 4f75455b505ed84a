// How `npm run test:mutation` (scripts/test-mutation.mjs) has Stryker try one part of scripts/mutation-parts.mjs.
import { MUTATION_PARTS } from './scripts/mutation-parts.mjs';

const name = process.env['MUTATION_PART'] ?? 'decision';
const part = MUTATION_PARTS[name];
if (part === undefined) throw new Error(`MUTATION_PART: there is no part ${name}`);

export default {
  plugins: ['@stryker-mutator/jest-runner'],
  mutate: part.mutate,
  testRunner: 'jest',
  // Jest loads our tests as ES modules.
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: {
    projectType: 'custom',
    configFile: 'jest.config.js',
    // No build: the copy holds every change at once, and no spec of a part starts what is built.
    config: { globalSetup: null, testMatch: ['<rootDir>/test/mutation/specs-of-a-part.ts'] },
    enableFindRelatedTests: false,
  },
  coverageAnalysis: 'perTest',
  // What only runs while a module loads is checked by every test; the tests decide, not the compiler.
  ignoreStatic: false,
  concurrency: 2,
  // Long, so that a busy machine is not taken for a loop without end, which counts as noticed.
  timeoutMS: 60_000,
  thresholds: { high: 95, low: 85, break: 85 },
  // The copy that is changed lies where neither Git nor ESLint nor Jest looks.
  tempDirName: `.cache/mutation/copy-of-${name}`,
  ignorePatterns: [
    '**',
    '!src/**/*',
    '!test/**/*',
    '!docs/**/*',
    '!package.json',
    '!tsconfig.json',
    '!.swcrc',
    '!jest.config.js',
  ],
  cleanTempDir: 'always',
  incremental: true,
  incrementalFile: `.cache/mutation/${name}.json`,
  reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: `reports/mutation/${name}.html` },
  jsonReporter: { fileName: `reports/mutation/${name}.json` },
  allowConsoleColors: false,
};
