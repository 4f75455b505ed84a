// What dist was built from, so that an outdated one is noticed.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { inProject, readStamp } from './project.mjs';

const STAMP = inProject('dist', '.built-from');
const SETTINGS = ['nest-cli.json', 'tsconfig.json', 'tsconfig.build.json', 'package.json', 'package-lock.json'];

/**
 * Whether dist was built from exactly these sources.
 *
 * @param {string} sourcesHash
 */
export function isBuilt(sourcesHash) {
  return readStamp(STAMP) === sourcesHash;
}

/** @param {string} sourcesHash */
export function stampBuild(sourcesHash) {
  writeFileSync(STAMP, `${sourcesHash}\n`);
}

/** Before a build: a build that fails half-way must not pass for the last one. */
export function forgetBuild() {
  rmSync(STAMP, { force: true });
}

/** One hash over the names and contents of everything that a build reads. */
export function hashSources() {
  const hash = createHash('sha256');
  for (const file of [...SETTINGS, ...filesUnder('src')]) {
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
