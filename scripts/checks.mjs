// The commands that check the project, each as arguments to Node; package.json's scripts of the same names do the same.
import { inProject } from './project.mjs';

/** @param {...string} path */
const tool = (...path) => inProject('node_modules', ...path);

export const LINT = [tool('eslint', 'bin', 'eslint.js'), '.', '--max-warnings', '0'];
/** @param {string} project */
const typesOf = (project) => [tool('typescript', 'bin', 'tsc'), '--noEmit', '-p', project];
export const TYPECHECK = typesOf('tsconfig.json');
export const TYPECHECK_SCRIPTS = typesOf('tsconfig.scripts.json');
export const TYPECHECK_CLIENT = typesOf('packages/client');
export const CHECK_CONSOLE = [
  tool('svelte-check', 'bin', 'svelte-check'),
  '--workspace',
  'packages/console',
  '--tsconfig',
  './tsconfig.json',
  '--fail-on-warnings',
];
export const IMPORT_LAW = [
  tool('dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
  '--config',
  '.dependency-cruiser.cjs',
  'src',
  'packages',
];
// What has not changed since the last time is not looked at again: by its content, so no stale answer is believed.
export const FORMAT = [
  tool('prettier', 'bin', 'prettier.cjs'),
  '--check',
  '--cache',
  '--cache-strategy=content',
  '--log-level=warn',
  '.',
];
export const BUILD = [inProject('scripts', 'ensure-build.mjs')];
export const JEST = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  tool('jest', 'bin', 'jest.js'),
];
