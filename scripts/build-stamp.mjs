// What each part was built from, so that an outdated one is noticed.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { inProject, readStamp } from './project.mjs';

/**
 * Something that is built: its folder of results, and everything that its build reads.
 *
 * @typedef {{ readonly output: string, readonly sources: readonly string[], readonly settings: readonly string[] }} Part
 */

/** @type {Part} */
export const SERVER = {
  output: 'dist',
  sources: ['src'],
  settings: ['nest-cli.json', 'tsconfig.json', 'tsconfig.build.json', 'package.json', 'package-lock.json'],
};

/** @type {Part} */
export const CLIENT = {
  output: 'packages/client/dist',
  sources: ['packages/client/src'],
  settings: ['packages/client/tsconfig.json', 'packages/client/package.json', 'tsconfig.json', 'package-lock.json'],
};

/** @type {Part} The client is bundled from its sources. */
export const CONSOLE = {
  output: 'packages/console/dist',
  sources: ['packages/console/src', 'packages/client/src'],
  settings: [
    'packages/console/index.html',
    'packages/console/vite.config.js',
    'packages/console/tsconfig.json',
    'packages/client/package.json',
    'package-lock.json',
  ],
};

/** @param {Part} part */
const stampOf = ({ output }) => inProject(output, '.built-from');

/**
 * Whether a part was built from exactly these sources.
 *
 * @param {Part} part
 * @param {string} sourcesHash
 */
export function isBuilt(part, sourcesHash) {
  return readStamp(stampOf(part)) === sourcesHash;
}

/**
 * @param {Part} part
 * @param {string} sourcesHash
 */
export function stampBuild(part, sourcesHash) {
  writeFileSync(stampOf(part), `${sourcesHash}\n`);
}

/**
 * Before a build: a build that fails half-way must not pass for the last one.
 *
 * @param {Part} part
 */
export function forgetBuild(part) {
  rmSync(stampOf(part), { force: true });
}

/**
 * One hash over the names and contents of everything that a build reads.
 *
 * @param {Part} part
 */
export function hashSources({ sources, settings }) {
  const hash = createHash('sha256');
  for (const file of [...settings, ...sources.flatMap(filesUnder)]) {
    const content = readFileSync(inProject(file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesUnder(folder) {
  return readdirSync(inProject(folder), { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesUnder(path) : [path];
    });
}
